import { DomainError, type Violation } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';

/** Most sets of one workspace. */
export const MAX_SETS = 500;
/** Most hashtags of one set: above every platform's own limit, which is kept where the set is used. */
export const MAX_SET_HASHTAGS = 100;
/** Longest hashtag with its sign, UTF-16 units. */
export const MAX_HASHTAG = 100;
export const MAX_SET_NAME = 100;

/** Hashtags that go together, to be appended to captions. */
export interface HashtagSet {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  /** With `#`, in their order, each once whatever its letter case. */
  readonly hashtags: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Letters, digits and underscores, not digits alone: what every platform links. */
const HASHTAG = /^#(?=.*\p{L})[\p{L}\p{M}\p{N}_]+$/u;

/** A hashtag as it is kept: composed (NFC), with its sign. */
export const hashtagOf = (text: string): string => {
  const word = text.trim().normalize('NFC');
  return word.startsWith('#') ? word : `#${word}`;
};

/** What is the same hashtag to every platform. */
export const hashtagKey = (hashtag: string): string => hashtagOf(hashtag).toLowerCase();

/** What is wrong with hashtags, each at its place. @param hashtags as `hashtagOf` makes them */
export const checkHashtags = (hashtags: readonly string[]): Violation[] => {
  const seen = new Set<string>();
  const faults = hashtags.flatMap((hashtag, index): Violation[] => {
    const field = `hashtags.${index}`;
    if (!HASHTAG.test(hashtag)) {
      const message = `${hashtag} is no hashtag: letters, digits and _ after #, not digits alone. Change or remove it.`;
      return [{ field, rule: 'hashtag.form', message }];
    }
    if (hashtag.length > MAX_HASHTAG) {
      const message = `This hashtag has ${hashtag.length} UTF-16 units; at most ${MAX_HASHTAG} are kept. Shorten it.`;
      return [{ field, rule: 'hashtag.max_utf16', message, limit: MAX_HASHTAG, actual: hashtag.length }];
    }
    const isTwice = seen.has(hashtagKey(hashtag));
    seen.add(hashtagKey(hashtag));
    const message = `${hashtag} is listed twice; letter case does not tell hashtags apart. Remove one.`;
    return isTwice ? [{ field, rule: 'hashtag.unique', message }] : [];
  });
  if (hashtags.length > 0 && hashtags.length <= MAX_SET_HASHTAGS) return faults;
  const message = `A set has 1 to ${MAX_SET_HASHTAGS} hashtags; this has ${hashtags.length}.`;
  const numbers = { limit: MAX_SET_HASHTAGS, actual: hashtags.length };
  return [{ field: 'hashtags', rule: 'hashtags.count', message, ...numbers }, ...faults];
};

export const hashtagsInvalid = (violations: readonly Violation[]): DomainError =>
  new DomainError('invalid', 'hashtag_set.invalid', violations[0]?.message ?? 'See errors.', {}, violations);

export const setNameTaken = (name: string): DomainError =>
  new DomainError(
    'conflict',
    'hashtag_set.name_taken',
    'Another hashtag set has this name, letter case aside. Choose another name, or change that set.',
    { name },
  );

export const tooManySets = (): DomainError =>
  new DomainError(
    'conflict',
    'hashtag_set.too_many',
    `A workspace has at most ${MAX_SETS} hashtag sets. Delete one that is not used any more.`,
    { limit: MAX_SETS },
  );
