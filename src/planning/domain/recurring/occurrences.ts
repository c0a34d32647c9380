import { DAY_MS } from '../../../kernel/durations.js';
import type { Span } from '../queues/queue.js';
import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { expandRule, type WallSpan } from './expand-rule.js';
import {
  FIRST_WALL,
  isKept,
  LATEST_WALL,
  type OccurrenceChange,
  type Recurrence,
  type RecurrenceOccurrence,
} from './recurrence.js';

/** Most occurrences of one answer. */
export const MAX_OCCURRENCES = 10_000;

/** Long spans are walked in pieces, so that a limit ends the walk. */
const PIECE_MS = 366 * DAY_MS;

/**
 * The runs of a recurrence within a span, in order, no two at one instant, at most `limit`. A time that clocks skip runs
 * at the first minute after; one that they show twice runs once, the first time; one that a gap moves onto another run
 * is that run. Pure: same inputs, same answer, however the span is cut.
 *
 * @throws Error when the rule cannot be walked through; `checkRecurrence` refuses such rules
 */
export const occurrencesOf = (
  recurrence: Recurrence,
  changes: readonly OccurrenceChange[],
  span: Span,
  limit: number = MAX_OCCURRENCES,
): RecurrenceOccurrence[] => collect(recurrence, changes, span, { limit, hasSkipped: false });

/** The same with those that a person skipped, for a list in which they can be brought back. */
export const occurrencesWithSkipped = (
  recurrence: Recurrence,
  changes: readonly OccurrenceChange[],
  span: Span,
  limit: number = MAX_OCCURRENCES,
): RecurrenceOccurrence[] => collect(recurrence, changes, span, { limit, hasSkipped: true });

/** The occurrence of this name; undefined when there is none. A skipped one is found too. */
export const occurrenceNamed = (
  recurrence: Recurrence,
  changes: readonly OccurrenceChange[],
  localTime: WallTime,
): RecurrenceOccurrence | undefined => {
  const change = changes.find((one) => one.localTime === localTime);
  const names = namesIn(recurrence, { from: localTime, to: localTime + 1 });
  if (names.length === 0 && !(change && isKept(change))) return undefined;
  const occurrence = resolved(recurrence, localTime, change);
  return isOf(recurrence, occurrence) ? occurrence : undefined;
};

const collect = (
  recurrence: Recurrence,
  changes: readonly OccurrenceChange[],
  { from, until }: Span,
  { limit, hasSkipped }: { readonly limit: number; readonly hasSkipped: boolean },
): RecurrenceOccurrence[] => {
  const found: RecurrenceOccurrence[] = [];
  const changed = new Map(changes.map((change) => [change.localTime, change]));
  const end = Math.min(until.getTime(), LATEST_WALL);
  for (let at = Math.max(from.getTime(), FIRST_WALL); at < end && found.length < limit; at += PIECE_MS) {
    const to = Math.min(at + PIECE_MS, end);
    const piece = onePerInstant(candidates(recurrence, changed, { from: at, to }));
    for (const one of piece) if (hasSkipped || !one.change?.isSkipped) found.push(one);
  }
  return found.slice(0, limit);
};

/** Everything that runs, or would without its skip, at an instant of the piece. */
const candidates = (
  recurrence: Recurrence,
  changed: ReadonlyMap<WallTime, OccurrenceChange>,
  { from, to }: { readonly from: number; readonly to: number },
): RecurrenceOccurrence[] => {
  // No zone is a day away from UTC, and no gap longer than a day.
  const ofRule = namesIn(recurrence, { from: from - DAY_MS, to: to + DAY_MS });
  const kept = [...changed.values()].filter(isKept).map(({ localTime }) => localTime);
  const names = new Set([...ofRule, ...kept]);
  return [...names]
    .map((name) => resolved(recurrence, name, changed.get(name)))
    .filter(({ at }) => at.getTime() >= from && at.getTime() < to)
    .filter((occurrence) => isOf(recurrence, occurrence) && !isSkippedHour(recurrence, occurrence, names));
};

/** An hour that clocks skip is no hour: every hour of the day has its run already. */
const isSkippedHour = (
  { rule, zone }: Recurrence,
  { wall, at, found, change }: RecurrenceOccurrence,
  names: ReadonlySet<WallTime>,
): boolean => {
  if (rule.freq !== 'HOURLY' || found !== 'gap' || (change && isKept(change))) return false;
  const clock = zoneClock(zone);
  const justBefore = at.getTime() - 1;
  const offsetBefore = clock.wallOf(justBefore) - justBefore;
  return names.has(clock.wallOf(wall - offsetBefore));
};

/** Whether EXDATE and an UNTIL in UTC leave it in. */
const isOf = (
  { rule: { until }, rdates, exdates }: Recurrence,
  { localTime, at, change }: RecurrenceOccurrence,
): boolean => {
  if (exdates.includes(localTime)) return false;
  if (until?.kind !== 'instant' || at.getTime() <= until.at) return true;
  return rdates.includes(localTime) || (change !== undefined && isKept(change));
};

/** The local times that rule and RDATE give. */
const namesIn = ({ rule, start, rdates }: Recurrence, span: WallSpan): WallTime[] => [
  ...expandRule(rule, start, span),
  ...rdates.filter((wall) => wall >= span.from && wall < span.to),
];

const resolved = ({ zone }: Recurrence, localTime: WallTime, change?: OccurrenceChange): RecurrenceOccurrence => {
  const wall = change?.movedTo ?? localTime;
  const { at, found } = zoneClock(zone).resolve(wall);
  return { localTime, wall, at: new Date(at), found, ...(change ? { change } : {}) };
};

/** In order of time; of several at one instant the one a person put there, else the one whose time exists. */
const onePerInstant = (occurrences: readonly RecurrenceOccurrence[]): RecurrenceOccurrence[] => {
  const rank = ({ change, found }: RecurrenceOccurrence) => {
    if (change && isKept(change)) return 0;
    return found === 'gap' ? 2 : 1;
  };
  const sorted = occurrences.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b) || a.localTime - b.localTime,
  );
  return sorted.filter(({ at }, index) => at.getTime() !== sorted[index - 1]?.at.getTime());
};
