import { describe, expect, it } from '@jest/globals';
import { contentFindings } from './content-findings.js';

const OWN = 'http://127.0.0.1:3000';
const good = { subject: 'Down', text: 'Here: https://video.example/1', html: '<p>Here</p>' };
const found = (change: Partial<typeof good>) =>
  contentFindings({ ...good, ...change }, OWN).map(({ check, level, field }) => `${check} ${level} ${field}`);

describe('contentFindings', () => {
  it('has nothing to say about a plain notice', () => {
    expect(found({})).toEqual([]);
    expect(found({ text: `Leave: ${OWN}/unsubscribe/x` })).toEqual([]);
  });

  it.each([
    [{ text: '  ' }, 'text blocking bodyText'],
    [{ subject: ' ' }, 'text blocking subject'],
    [{ html: `<p>${'x'.repeat(110_000)}</p>` }, 'size blocking bodyHtml'],
    [{ html: `<p>${'x'.repeat(90_000)}</p>` }, 'size warning bodyHtml'],
    [{ text: 'http://video.example/1' }, 'links blocking bodyText'],
    [{ html: '<a href="http://video.example">x</a>' }, 'links blocking bodyHtml'],
    [{ html: '<a href=https://10.0.0.1/x>x</a>' }, 'links blocking bodyHtml'],
    [{ html: "<a href='video.example/x'>x</a>" }, 'links blocking bodyHtml'],
    [{ text: 'http://127.0.0.1:4000/x' }, 'links warning bodyText'],
    [{ html: '<a href="https://bit.ly/x">x</a>' }, 'links warning bodyHtml'],
    [{ html: '<a href="https://a.example/">x</a>'.repeat(101) }, 'links warning bodyHtml'],
    [{ html: '<img src="https://a.example/a.png">Hi' }, 'images warning bodyHtml'],
  ])('of %j says %s', (change, finding) => {
    expect(found(change)).toEqual([finding]);
  });

  it('lets a reader write to us', () => {
    expect(found({ html: '<a href="mailto:news@example.org">x</a><a href="#top">y</a>' })).toEqual([]);
  });
});
