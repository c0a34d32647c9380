import { DAY_MS, plusMs, SECOND_MS } from '../../../kernel/durations.js';
import type { Span } from '../queues/queue.js';
import type { WallTime } from '../wall-time-clock.js';
import { occurrencesOf } from './occurrences.js';
import { fingerprintOf, freshUntilOf, type RecurrenceTarget } from './planned-run.js';
import { isKept, type OccurrenceChange, type RecurrenceOccurrence } from './recurrence.js';
import type { RecurrenceRun, RecurrenceWish } from './recurrences.port.js';

/** So far after the last run the next one is looked for: the run is fresh until then. */
const NEXT_WITHIN_MS = 7 * DAY_MS;

/** A recurrence with what was said about single runs. */
export interface RecurrenceFacts {
  readonly wish: RecurrenceWish;
  readonly changes: readonly OccurrenceChange[];
}

/** A run to be made. */
export interface RunToPlan {
  readonly occurrence: RecurrenceOccurrence;
  readonly freshUntil?: Date;
}

export interface RunPlan {
  readonly runs: readonly RunToPlan[];
  /** Every run before it is planned with these. */
  readonly plannedUntil: Date;
}

/**
 * The runs of a span that are not planned yet. Nothing before `span.from` is ever planned: what a downtime swallowed is
 * over.
 * @param planned local times that have a run already
 * @param most runs at once, 1 at least; the rest stays for the next time
 * @throws Error when the rule cannot be walked through
 */
export const runsToPlan = (
  { wish, changes }: RecurrenceFacts,
  planned: ReadonlySet<WallTime>,
  span: Span,
  most: number,
): RunPlan => {
  const seen = occurrencesOf(wish.recurrence, changes, { ...span, until: plusMs(span.until, NEXT_WITHIN_MS) });
  const spreadMs = Math.max(0, ...wish.targets.map(({ spreadSeconds = 0 }) => spreadSeconds)) * SECOND_MS;
  const open = seen.flatMap((occurrence, index): RunToPlan[] => {
    if (occurrence.at >= span.until || planned.has(occurrence.localTime)) return [];
    const freshUntil = freshUntilOf(occurrence, seen[index + 1], spreadMs);
    return [{ occurrence, ...(freshUntil ? { freshUntil } : {}) }];
  });
  return { runs: open.slice(0, most), plannedUntil: open[most]?.occurrence.at ?? span.until };
};

/**
 * Planned runs that the recurrence has no place for any more, or would publish otherwise. What a person changed stays
 * as it was planned.
 * @param subject the occurrence that a person is changing at this moment: judged all the same
 */
export const misfits = (
  { wish, changes }: RecurrenceFacts,
  runs: readonly RecurrenceRun[],
  subject?: WallTime,
): readonly RecurrenceRun[] => {
  const wanted = wantedRuns(wish, changes, runs);
  return runs.filter(({ localTime, fingerprint }) => {
    const occurrence = wanted.get(localTime);
    if (occurrence?.change && isKept(occurrence.change) && localTime !== subject) return false;
    return occurrence === undefined || fingerprintOf(occurrence, wish.targets) !== fingerprint;
  });
};

/** What the recurrence runs in the time of these runs, by name. */
const wantedRuns = (
  wish: RecurrenceWish,
  changes: readonly OccurrenceChange[],
  runs: readonly RecurrenceRun[],
): ReadonlyMap<WallTime, RecurrenceOccurrence> => {
  const times = runs.map(({ localTime }) => localTime);
  // A name lies within a day of its instant; where it was moved to is seen by the change.
  const names = { from: new Date(Math.min(...times) - DAY_MS), until: new Date(Math.max(...times) + DAY_MS) };
  const moved = changes.flatMap(({ movedTo }) => (movedTo === undefined ? [] : [movedTo]));
  const spans = [names, ...moved.map((wall) => ({ from: new Date(wall - DAY_MS), until: new Date(wall + DAY_MS) }))];
  const found = runs.length === 0 ? [] : spans.flatMap((span) => occurrencesOf(wish.recurrence, changes, span));
  return new Map(found.filter((one) => staysPlanned(wish, one)).map((one) => [one.localTime, one]));
};

/** While it is paused, only what a person has changed stays planned. */
const staysPlanned = ({ isPaused }: RecurrenceWish, { change }: RecurrenceOccurrence): boolean =>
  !isPaused || (change !== undefined && isKept(change));

/** A run as planning remembers it. */
export const runOf = (
  recurrenceId: string,
  occurrence: RecurrenceOccurrence,
  targets: readonly RecurrenceTarget[],
  occurrenceId: string,
): RecurrenceRun => ({
  recurrenceId,
  localTime: occurrence.localTime,
  at: occurrence.at,
  fingerprint: fingerprintOf(occurrence, targets),
  occurrenceId,
});
