import { createHash } from 'node:crypto';
import type { Wording } from '../../../publishing/domain/targets/frozen-content.js';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { RecurrenceOccurrence } from './recurrence.js';

/** One account of a recurrence, with what is said on it alone. */
export interface RecurrenceTarget extends Wording {
  readonly accountId: string;
  readonly spreadSeconds?: number;
}

/** A run is worth this long at least, however soon the next one follows: time for a second try. */
const LEAST_FRESH_MS = 10 * MINUTE_MS;

/** What one occurrence publishes: the recurrence's targets, with the words of that run over theirs. */
export const targetsOfRun = (targets: readonly RecurrenceTarget[], words: Wording | undefined): RecurrenceTarget[] => {
  if (!words) return [...targets];
  return targets.map((target) => ({
    ...target,
    ...words,
    ...(target.options || words.options ? { options: { ...target.options, ...words.options } } : {}),
  }));
};

/** The same for the same time, accounts and words: a planned run that still fits is left alone. */
export const fingerprintOf = (occurrence: RecurrenceOccurrence, targets: readonly RecurrenceTarget[]): string =>
  createHash('sha256')
    .update(JSON.stringify([occurrence.at.getTime(), targetsOfRun(targets, occurrence.change?.words)], sortedKeys))
    .digest('hex')
    .slice(0, 32);

/** Objects with their keys in order: jsonb does not keep the order in which they were sent. */
const sortedKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * Until when a run is worth anything: until the next one is due, so that after a downtime the latest goes out and not all
 * of them. undefined: nothing follows in sight, the route alone says.
 * @param spreadMs how long after its time the run may go out by itself
 */
export const freshUntilOf = (
  occurrence: RecurrenceOccurrence,
  next: RecurrenceOccurrence | undefined,
  spreadMs: number,
): Date | undefined => {
  if (!next) return undefined;
  const least = plusMs(occurrence.at, spreadMs + LEAST_FRESH_MS);
  return next.at > least ? next.at : least;
};
