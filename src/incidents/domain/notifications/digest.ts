import { type Family, FAMILIES } from './change.js';
import { gather, type Gathered } from './gather.js';
import { links, type Message, messageOf, type Wording } from './message.js';
import { lineOf } from './words.js';

/**
 * Sums up what fell into quiet hours: one `Gathered` per family, the story of an incident shortened to how it ended.
 * @param kept in the order in which they came, at least one
 */
export const sumUp = (kept: readonly Gathered[]): readonly Gathered[] =>
  FAMILIES.flatMap((family) => {
    const own = kept.filter((one) => one.family === family);
    const [first, ...rest] = own.flatMap(({ changes }) => changes);
    return first ? [withTrueCounts(gather(undefined, [first, ...rest]), own)] : [];
  });

/** What is not listed counts all the same; an incident counts once, whatever became of it. */
const withTrueCounts = (sum: Gathered, parts: readonly Gathered[]): Gathered => {
  const firstAt = parts.map((one) => one.firstAt).sort()[0] ?? sum.firstAt;
  if (sum.family === 'incident') return { ...sum, firstAt };
  const byPlatform: Record<string, number> = {};
  for (const part of parts)
    for (const [platform, count] of Object.entries(part.byPlatform))
      byPlatform[platform] = (byPlatform[platform] ?? 0) + count;
  return {
    ...sum,
    firstAt,
    byPlatform,
    count: parts.reduce((total, one) => total + one.count, 0),
    workspaceIds: [...new Set(parts.flatMap(({ workspaceIds }) => workspaceIds))],
  };
};

/** The one message at the end of quiet hours. */
export const digestWords = (sums: readonly Gathered[], wording: Wording): Message => {
  const total = sums.reduce((count, one) => count + one.count, 0);
  return messageOf(
    total === 1 ? 'While it was quiet: 1 thing happened' : `While it was quiet: ${total} things happened`,
    [
      sums.flatMap((one) => lineOf(one, wording)).join('\n'),
      `Times are those of ${wording.zone}. Perennial went on by your routes meanwhile.`,
      sums.some(needsHand) ? 'You: something waits for you:' : 'You: nothing is needed:',
    ],
    urlOf(sums, wording.publicUrl),
  );
};

/** Families that wait for a person, the most pressing first. */
const HAND: readonly Family[] = ['post', 'account'];
const needsHand = ({ family }: Gathered): boolean => HAND.includes(family);

const urlOf = (sums: readonly Gathered[], publicUrl: string): string => {
  const families = sums.map(({ family }) => family);
  if (families.includes('post')) return links.decisions(publicUrl);
  if (families.includes('account')) return links.accounts(publicUrl);
  return families.includes('incident') ? links.incidents(publicUrl) : links.home(publicUrl);
};
