import { describe, expect, it } from '@jest/globals';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import { type CaptionLimits, dressedPost, leftOutWarnings } from './dressed-post.js';

/** Skylight takes 12 units, Reels one hashtag. */
const limits: CaptionLimits = {
  platforms: PLATFORM_NAMES,
  takes: (platform, caption) =>
    (platform !== 'skylight' || caption.length <= 12) &&
    (platform !== 'reels' || (caption.match(/#/g) ?? []).length <= 1),
};

describe('dressedPost', () => {
  it('gives all to the post, and a variant to each platform that takes fewer', () => {
    const dressed = dressedPost({ caption: 'Tea', variants: {} }, ['#one', '#other'], limits);
    expect(dressed).toEqual({
      caption: 'Tea\n\n#one #other',
      variants: { reels: { caption: 'Tea\n\n#one' }, skylight: { caption: 'Tea\n\n#one' } },
      leftOut: { reels: ['#other'], skylight: ['#other'] },
    });
  });

  it('keeps what a variant says and has besides', () => {
    const variants = { shorts: { caption: 'Short', title: 'T' }, tiktok: { options: { a: 1 } } };
    const dressed = dressedPost({ caption: 'Tea', variants }, ['#one'], limits);
    expect(dressed.variants).toEqual({
      shorts: { caption: 'Short\n\n#one', title: 'T' },
      tiktok: { options: { a: 1 } },
    });
    expect(dressed.leftOut).toEqual({});
  });

  it('leaves a platform alone that refuses the caption itself', () => {
    const dressed = dressedPost({ caption: 'Tea for everybody', variants: {} }, ['#one'], limits);
    expect(dressed).toEqual({ caption: 'Tea for everybody\n\n#one', variants: {}, leftOut: {} });
  });

  it('tells what was left out only where the post goes', () => {
    const dressed = dressedPost({ caption: 'Tea', variants: {} }, ['#one', '#other'], limits);
    const [warning, ...rest] = leftOutWarnings(['tiktok', 'reels', undefined], dressed);
    expect(rest).toEqual([]);
    expect(warning).toMatchObject({ field: 'targets.1.caption', code: 'hashtags.left_out' });
    expect(warning?.message).toContain('#other');
  });
});
