import { describe, expect, it } from '@jest/globals';
import type { ContentDraft } from '../../domain/publish-content.js';
import { checkPost } from './skylight.record.js';

const content: ContentDraft = {
  caption: 'Soup #soup',
  tags: [],
  media: { sha256: 'a', bytes: 3, mimeType: 'video/mp4', durationMs: 6_000, width: 720, height: 1280, fps: 24 },
  options: {},
};

describe('limits', () => {
  it.each([
    ['caption', { caption: 'é'.repeat(301) }, 'caption.max_graphemes'],
    ['caption', { caption: '👩‍👩‍👧‍👦'.repeat(200) }, 'caption.max_bytes'],
    ['options.alt', { options: { alt: 'a'.repeat(1_001) } }, 'alt.max_graphemes'],
    ['options.alt', { options: { alt: '👩‍👩‍👧‍👦'.repeat(500) } }, 'alt.max_bytes'],
    ['tags', { tags: ['👩‍👩‍👧‍👦'.repeat(40)] }, 'tags.max_bytes'],
    ['tags', { tags: Array.from({ length: 9 }, (_, n) => `t${n}`) }, 'tags.max_count'],
    ['options.langs', { options: { langs: ['en', 'de', 'fr', 'es'] } }, 'langs.max_count'],
    ['options.langs', { options: { langs: ['English!'] } }, 'langs.tag'],
    ['media', { media: { ...content.media, bytes: 100_000_001 } }, 'video.max_bytes'],
  ])('of %s', (field, change, rule) => {
    expect(checkPost({ ...content, ...change })).toMatchObject([{ field, rule }]);
  });

  it('leave words and languages within them alone', () => {
    const options = { alt: 'A bowl of soup', langs: ['en', 'pt-BR', 'zh-Hant'] };
    expect(checkPost({ ...content, tags: ['#soup'], options })).toEqual([]);
  });
});
