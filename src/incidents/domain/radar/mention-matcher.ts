import type { MentionsSubject } from './radar-watch.js';

/** Whether a text says that one of the names is in trouble. */
export type MentionMatcher = (text: string) => boolean;

/** Longer texts are articles; who is down is said early. */
const MAX_TEXT = 3_000;

/**
 * Finds texts in which a name and a word for trouble stand as whole words, in any order and case: "TikTok down",
 * "is tik tok not working for anyone". A hint of a crowd, never more: jokes and quotes match too, and count as usual.
 */
export const mentionMatcher = ({ names, troubles }: Pick<MentionsSubject, 'names' | 'troubles'>): MentionMatcher => {
  const name = wordsOf(names);
  const trouble = wordsOf(troubles);
  return (text) => {
    const start = text.slice(0, MAX_TEXT);
    return name.test(start) && trouble.test(start);
  };
};

/** Words for which a raw message is worth reading: a cheap test before anything is parsed. */
export const roughWords = (subjects: readonly Pick<MentionsSubject, 'names'>[]): RegExp | undefined => {
  const names = subjects.flatMap((subject) => subject.names);
  return names.length === 0 ? undefined : new RegExp(names.map(escaped).join('|'), 'i');
};

const wordsOf = (phrases: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** A phrase as it stands, any white space between its words. */
const escaped = (phrase: string): string =>
  phrase
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
