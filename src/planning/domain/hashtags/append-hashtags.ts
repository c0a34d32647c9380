import { hashtagKey } from '../../../library/domain/hashtag-set.js';

/** A caption with hashtags behind it. */
export interface TaggedCaption {
  readonly caption: string;
  /** Hashtags that would have broken a limit, in their order. */
  readonly leftOut: readonly string[];
}

const HASHTAGS = /(?<![\p{L}\p{N}_])#[\p{L}\p{M}\p{N}_]+/gu;

/** The caption's own last line is hashtags already: more of them go behind it. */
const ENDS_IN_HASHTAGS = /(?:^|\n)\s*(?:#[\p{L}\p{M}\p{N}_]+\s*)+$/u;

/**
 * Appends hashtags, in their order, as far as `fits` lets them; one that does not fit is left out, a shorter one behind
 * it may still come in. What the caption says already is not said twice. A caption that does not fit by itself stays.
 */
export const appendHashtags = (
  caption: string,
  hashtags: readonly string[],
  fits: (caption: string) => boolean,
): TaggedCaption => {
  const said = new Set((caption.match(HASHTAGS) ?? []).map(hashtagKey));
  const leftOut: string[] = [];
  let tagged = caption.trimEnd();
  let glue = tagged === '' ? '' : ENDS_IN_HASHTAGS.test(tagged) ? ' ' : '\n\n';
  for (const hashtag of hashtags) {
    if (said.has(hashtagKey(hashtag))) continue;
    said.add(hashtagKey(hashtag));
    const longer = tagged + glue + hashtag;
    if (fits(longer)) [tagged, glue] = [longer, ' '];
    else leftOut.push(hashtag);
  }
  return { caption: tagged === caption.trimEnd() ? caption : tagged, leftOut };
};
