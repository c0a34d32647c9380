import { checkText, MAX_CAPTION, MAX_TAG, MAX_TITLE } from '../../../library/domain/post-rules.js';
import type { PostSnapshot, PostVariant } from '../../../library/domain/post-snapshot.js';
import { contentFindings, type Finding, finding } from '../finding.js';

/** Wordings of one post, its own not counted. */
export const MAX_VARIATIONS = 50;
const MAX_HASHTAGS = 30;
/** Longest video that a platform takes is below a day. */
const MAX_COVER_MS = 86_400_000;

/** Another wording of a post: what is left out is as the post says it. It names no other wording, so none can be cyclic. */
export interface VariationWish {
  readonly caption?: string;
  readonly title?: string;
  /** Words without `#`; they end the caption. */
  readonly hashtags?: readonly string[];
  /** The frame that is the cover, ms from the start of the video. */
  readonly coverMs?: number;
}

/** A stored one. */
export interface Variation extends VariationWish {
  /** 1 or more, never given again. 0 names the post's own words. */
  readonly number: number;
}

/** Everything about a post's wordings that cannot be. */
export const variationFindings = (wishes: readonly VariationWish[], field = 'variations'): Finding[] => {
  const count = { limit: MAX_VARIATIONS, actual: wishes.length };
  const many = `A post has at most ${MAX_VARIATIONS} variations; this has ${wishes.length}.`;
  return [
    ...(wishes.length > MAX_VARIATIONS ? [finding('variation.too_many', field, many, count)] : []),
    ...wishes.flatMap((wish, index) => wordFindings(wish, `${field}.${index}`)),
    ...duplicates(wishes, field),
  ];
};

const wordFindings = (wish: VariationWish, place: string): Finding[] => {
  const { caption, title, hashtags = [], coverMs } = wish;
  const isEmpty = caption === undefined && title === undefined && hashtags.length === 0 && coverMs === undefined;
  const odd = hashtags.flatMap((tag, index) => hashtagFindings(tag, `${place}.hashtags.${index}`));
  return [
    ...(isEmpty
      ? [finding('variation.empty', place, 'A variation changes something: send caption, title, hashtags or coverMs.')]
      : []),
    ...contentFindings([
      ...checkText(`${place}.caption`, caption, MAX_CAPTION),
      ...checkText(`${place}.title`, title, MAX_TITLE),
    ]),
    ...(hashtags.length > MAX_HASHTAGS
      ? [finding('variation.too_many_hashtags', `${place}.hashtags`, `At most ${MAX_HASHTAGS} hashtags.`)]
      : []),
    ...odd,
    ...(coverMs !== undefined && (coverMs < 0 || coverMs > MAX_COVER_MS)
      ? [finding('variation.bad_cover', `${place}.coverMs`, 'The cover is a frame of the video: send 0 or more ms.')]
      : []),
  ];
};

const hashtagFindings = (tag: string, place: string): Finding[] => {
  const violations = checkText(place, tag, MAX_TAG);
  if (violations.length > 0) return contentFindings(violations);
  if (/^[\p{L}\p{N}_]+$/u.test(tag)) return [];
  const message = 'A hashtag is one word of letters, digits and _, without #.';
  return [finding('variation.bad_hashtag', place, message)];
};

/** Two wordings that say the same would be the same twice running. */
const duplicates = (wishes: readonly VariationWish[], field: string): Finding[] => {
  const seen = new Map<string, number>();
  return wishes.flatMap((wish, index) => {
    const first = seen.get(wordsOf(wish));
    if (first === undefined) {
      seen.set(wordsOf(wish), index);
      return [];
    }
    const message = `This variation says what variation ${first + 1} says. Change or remove one.`;
    return [finding('variation.duplicate', `${field}.${index}`, message)];
  });
};

const wordsOf = ({ caption, title, hashtags = [], coverMs }: VariationWish): string =>
  JSON.stringify([caption, title, [...hashtags].sort(), coverMs]);

/** True when both say the same; the order of hashtags does not matter. */
export const sameWords = (one: VariationWish, other: VariationWish): boolean => wordsOf(one) === wordsOf(other);

/** Wordings that only repeat the post's own words. */
export const echoFindings = (
  wishes: readonly VariationWish[],
  post: { readonly caption: string; readonly title?: string },
  field = 'variations',
): Finding[] =>
  wishes.flatMap(({ caption = post.caption, title = post.title, hashtags = [], coverMs }, index) => {
    if (caption !== post.caption || title !== post.title || hashtags.length > 0 || coverMs !== undefined) return [];
    const message = 'This variation says what the post itself says, which is a wording already. Change or remove it.';
    return [finding('variation.duplicate', `${field}.${index}`, message)];
  });

/**
 * The post as a run with this wording says it. A caption or title of the variation also stands for those that platforms'
 * variants have, since a returning post is to say something else everywhere; hashtags are added to every caption.
 */
export const wordedBy = <P extends PostSnapshot>(post: P, variation: VariationWish | undefined): P => {
  if (!variation) return post;
  const { caption, title, hashtags = [], coverMs } = variation;
  const words: Words = {
    caption,
    title,
    ending: hashtags.map((tag) => `#${tag}`).join(' '),
    cover: coverMs === undefined ? {} : { coverTimestampMs: coverMs, thumbOffsetMs: coverMs },
  };
  const variants = Object.entries(post.variants).map(([platform, variant]) => [platform, variantBy(variant, words)]);
  return {
    ...post,
    caption: ended(caption ?? post.caption, words),
    ...(title === undefined ? {} : { title }),
    options: { ...post.options, ...words.cover },
    variants: Object.fromEntries(variants) as PostSnapshot['variants'],
  };
};

interface Words {
  readonly caption: string | undefined;
  readonly title: string | undefined;
  /** Hashtags in a row; empty without any. */
  readonly ending: string;
  /** As TikTok and Instagram name the option; others pass it by. */
  readonly cover: Readonly<Record<string, number>>;
}

const variantBy = ({ caption, title, options }: PostVariant, words: Words): PostVariant => ({
  ...(caption === undefined || words.caption !== undefined ? {} : { caption: ended(caption, words) }),
  ...(title === undefined || words.title !== undefined ? {} : { title }),
  options: { ...options, ...words.cover },
});

const ended = (text: string, { ending }: Words): string =>
  ending === '' ? text : [text, ending].filter(Boolean).join('\n\n');
