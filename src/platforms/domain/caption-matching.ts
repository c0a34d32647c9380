import type { FoundPost } from './publish-outcome.js';

/** TikTok gives captions back truncated, so at most this many normalised characters are compared (`platforms.md` 1.11). */
export const COMPARED_CHARACTERS = 100;
/** Clocks differ and platforms round: a post may seem this much older than our call, milliseconds (`platforms.md` 9.2). */
export const CREATED_SLACK_MS = 60_000;
/** Platforms round durations to seconds. */
export const DURATION_SLACK_MS = 1_000;

/**
 * A caption as it can be compared after a round trip through a platform (`platforms.md` 9.2):
 * NFC, white space collapsed and trimmed, `@` and zero-width characters dropped, lower case. Idempotent.
 */
export const normaliseCaption = (caption: string): string =>
  caption
    .replace(/[@\u200b-\u200d\u2060\ufeff]/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * Whether two captions are the same as far as a platform that truncates lets us see: equal, or `theirs` is a shortened
 * form (of at least COMPARED_CHARACTERS) and both begin alike.
 */
export const captionsMatch = (ours: string, theirs: string): boolean => {
  const a = [...normaliseCaption(ours)];
  const b = [...normaliseCaption(theirs)];
  const mayBeCut = b.length >= COMPARED_CHARACTERS && a.length > b.length;
  const compared = mayBeCut ? COMPARED_CHARACTERS : Math.max(a.length, b.length);
  return a.slice(0, compared).join('') === b.slice(0, compared).join('');
};

export interface Wanted {
  readonly caption: string;
  readonly durationMs: number;
  readonly marker: string;
  /** When the irreversible call started. */
  readonly committedAt: Date;
  /** Platform ids that belong to other targets. */
  readonly takenIds: ReadonlySet<string>;
}

/**
 * The posts that may be ours. One means adopt, none means keep looking, several mean that a person decides.
 * A marker, where the platform gives it back, settles the matter alone.
 */
export const matchCandidates = (posts: readonly FoundPost[], wanted: Wanted): readonly FoundPost[] => {
  const free = posts.filter((post) => !wanted.takenIds.has(post.platformPostId));
  const marked = free.filter((post) => post.marker === wanted.marker);
  if (marked.length > 0) return marked;
  const notBefore = wanted.committedAt.getTime() - CREATED_SLACK_MS;
  return free.filter(
    (post) =>
      post.marker === undefined &&
      post.createdAt.getTime() >= notBefore &&
      (post.durationMs === undefined || Math.abs(post.durationMs - wanted.durationMs) <= DURATION_SLACK_MS) &&
      captionsMatch(wanted.caption, post.caption),
  );
};
