import { describe, expect, it } from '@jest/globals';
import {
  chooseVideo,
  type ContentSource,
  fittedDraft,
  freezeContent,
  type Judge,
  refitContent,
} from './frozen-content.js';

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

describe('chooseVideo', () => {
  const rendition = { ...media, id: 'r', width: 1080, height: 1920 };
  const content = freezeContent({ ...source, media: { ...media, rendition } }, 'tiktok');
  const refusing =
    (...ids: string[]): Judge =>
    (_, draft) =>
      ids.includes((draft.media as { id?: string }).id ?? '') ? [{ field: 'media', rule: 'r', message: 'm' }] : [];

  it.each([
    ['the original where it fits', refusing(), 'm'],
    ['the rendition where only that fits', refusing('m'), 'r'],
    ['the original where neither fits, so that its faults are told', refusing('m', 'r'), 'm'],
    ['the original where only the words are wrong', () => [{ field: 'caption', rule: 'r', message: 'm' }], 'm'],
  ])('gives %s', (_, judge, id) => {
    expect(chooseVideo(content, 'tiktok', judge).id).toBe(id);
    expect(fittedDraft(content, 'tiktok', judge).media).toMatchObject({ width: id === 'r' ? 1080 : 1 });
  });

  it('gives the original where there is no rendition', () => {
    expect(chooseVideo(freezeContent(source, 'tiktok'), 'tiktok', refusing('m')).id).toBe('m');
  });

  it('chooses anew when the content moves to another platform', () => {
    expect(chooseVideo(refitContent(content, 'reels'), 'reels', refusing('m')).id).toBe('r');
  });
});
