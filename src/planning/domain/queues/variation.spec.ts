import { describe, expect, it } from '@jest/globals';
import type { PostSnapshot } from '../../../library/domain/post-snapshot.js';
import { readRecycling } from './recycling-request.js';
import { echoFindings, variationFindings, wordedBy } from './variation.js';

const codes = (wishes: Parameters<typeof variationFindings>[0]) =>
  variationFindings(wishes).map(({ code, violation }) => `${code} at ${violation.field}`);

describe('variations', () => {
  it('change something, each something else', () => {
    expect(codes([{ caption: 'Tea' }, { caption: 'Tea', hashtags: ['tea'] }, { coverMs: 1_000 }])).toEqual([]);
    expect(codes([{}, { caption: 'Tea', hashtags: ['a', 'b'] }, { hashtags: ['b', 'a'], caption: 'Tea' }])).toEqual([
      'variation.empty at variations.0',
      'variation.duplicate at variations.2',
    ]);
    const echo = echoFindings([{ caption: 'Tea' }, { caption: 'Coffee' }], { caption: 'Tea' });
    expect(echo.map(({ violation }) => violation.field)).toEqual(['variations.0']);
  });

  it('refuse hashtags that are none and covers before the video', () => {
    expect(codes([{ hashtags: ['#tea', 'two words', 'größe'] }, { coverMs: -1 }])).toEqual([
      'variation.bad_hashtag at variations.0.hashtags.0',
      'variation.bad_hashtag at variations.0.hashtags.1',
      'variation.bad_cover at variations.1.coverMs',
    ]);
  });

  it('stand for the words of the post and of its platform variants', () => {
    const post = {
      caption: 'Tea',
      title: 'A cup',
      options: {},
      variants: { shorts: { caption: 'Short tea', title: 'Short', options: { x: 1 } } },
    } as unknown as PostSnapshot;
    expect(wordedBy(post, undefined)).toBe(post);
    expect(wordedBy(post, { caption: 'Coffee', hashtags: ['hot'] })).toMatchObject({
      caption: 'Coffee\n\n#hot',
      title: 'A cup',
      variants: { shorts: { title: 'Short', options: { x: 1 } } },
    });
    expect(wordedBy(post, { hashtags: ['hot'], coverMs: 500 })).toMatchObject({
      caption: 'Tea\n\n#hot',
      options: { coverTimestampMs: 500, thumbOffsetMs: 500 },
      variants: { shorts: { caption: 'Short tea\n\n#hot' } },
    });
  });

  it('come with a new post as contentVariations, or are refused at their place', () => {
    const post = { caption: 'Tea' };
    const good = readRecycling({ gap: 1, contentVariations: [{ caption: 'Coffee' }] }, post);
    expect(good).toMatchObject({ settings: { gap: 1 }, variations: [{ caption: 'Coffee' }], findings: [] });
    const fields = (raw: Record<string, unknown>) =>
      readRecycling(raw, post).findings.map(({ violation }) => violation.field);
    expect(fields({ contentVariations: 'many' })).toEqual(['recycling.contentVariations']);
    expect(fields({ contentVariations: [{ caption: 1, like: 'post-2' }, null] })).toEqual([
      'recycling.contentVariations.0.caption',
      'recycling.contentVariations.0.like',
      'recycling.contentVariations.1',
    ]);
  });
});
