import { describe, expect, it } from '@jest/globals';
import { type ContentSource, freezeContent, refitContent } from './frozen-content.js';

const media = { id: 'm', sha256: '', bytes: 1, mimeType: 'video/mp4', durationMs: 1, width: 1, height: 2, fps: 30 };
const source: ContentSource = {
  base: { caption: 'Base', title: 'Title', options: { a: 1 } },
  tags: ['soup'],
  media,
  variants: { shorts: { caption: 'For Shorts', options: { b: 2 } } },
};

describe('freezeContent', () => {
  it('takes the post’s words where nothing else is said', () =>
    expect(freezeContent(source, 'tiktok')).toMatchObject({ caption: 'Base', title: 'Title', options: { a: 1 } }));
  it('prefers the platform’s variant', () =>
    expect(freezeContent(source, 'shorts')).toMatchObject({ caption: 'For Shorts', options: { a: 1, b: 2 } }));
  it('prefers the target’s own words to both', () =>
    expect(freezeContent(source, 'shorts', { caption: 'Own' })).toMatchObject({
      caption: 'Own',
      own: { caption: 'Own' },
    }));
  it('leaves own words behind when the content moves to another platform', () => {
    const moved = refitContent(freezeContent(source, 'tiktok', { caption: 'Own' }), 'shorts');
    expect(moved).toMatchObject({ caption: 'For Shorts' });
    expect(moved.own).toBeUndefined();
  });
});
