import { describe, expect, it } from '@jest/globals';
import type { ContentDraft } from '../../domain/publish-content.js';
import { checkShort, markerIn, markerTag, tagsLength, titleOf } from './shorts.metadata.js';

const media = {
  sha256: '0',
  bytes: 1000,
  mimeType: 'video/mp4',
  durationMs: 30_000,
  width: 1080,
  height: 1920,
  fps: 30,
};
const draft = (change: Partial<ContentDraft>): ContentDraft => ({
  caption: 'Soup',
  tags: [],
  media,
  options: {},
  ...change,
});
const rules = (change: Partial<ContentDraft>): readonly string[] => checkShort(draft(change)).map(({ rule }) => rule);

describe('titleOf', () => {
  it('is the title, else the first line of the caption, shortened', () => {
    expect(titleOf({ title: 'T', caption: 'c' })).toBe('T');
    expect(titleOf({ caption: ' first \nsecond' })).toBe('first');
    expect(titleOf({ caption: 'x'.repeat(150) })).toHaveLength(100);
  });
});

describe('checkShort', () => {
  it('takes a plain vertical clip', () => {
    expect(rules({})).toEqual([]);
  });

  it.each([
    ['title.length', { title: 'x'.repeat(101) }],
    ['title.length', { caption: '' }],
    ['text.forbidden', { title: 'a < b' }],
    ['text.forbidden', { caption: 'see > below' }],
    ['text.forbidden', { tags: ['<b>'] }],
    ['caption.max_bytes', { caption: `Soup\n${'é'.repeat(2500)}` }],
    ['tags.max_length', { tags: ['x'.repeat(470)] }],
    ['video.orientation', { media: { ...media, width: 1920, height: 1080 } }],
    ['video.duration_ms', { media: { ...media, durationMs: 180_001 } }],
    ['options.privacyStatus', { options: { privacyStatus: 'friends' } }],
    ['options.license', { options: { license: 'mit' } }],
    ['options.categoryId', { options: { categoryId: 22 } }],
  ])('%s, with its limit, what was found and the document', (rule, change) => {
    const found = checkShort(draft(change)).find((violation) => violation.rule === rule);
    expect(found).toMatchObject({ limit: expect.anything(), actual: expect.anything() });
    expect(found?.source).toMatch(/^https:/);
  });

  it('takes 3 minutes, a square, and a title of 100 characters', () => {
    expect(rules({ title: 'x'.repeat(100), media: { ...media, durationMs: 180_000, height: 1080 } })).toEqual([]);
  });
});

describe('tags', () => {
  it('count commas and the quotes around spaces', () => {
    expect(tagsLength([])).toBe(0);
    expect(tagsLength(['ab', 'c d'])).toBe(2 + 1 + 3 + 2);
  });

  it('leave room for the marker: 461 characters of our own fit, 462 do not', () => {
    expect(rules({ tags: ['x'.repeat(461)] })).toEqual([]);
    expect(rules({ tags: ['x'.repeat(462)] })).toEqual(['tags.max_length']);
  });

  it('give the marker back', () => {
    expect(markerIn(['soup', markerTag('m-1')])).toBe('m-1');
    expect(markerIn(['soup'])).toBeUndefined();
  });
});
