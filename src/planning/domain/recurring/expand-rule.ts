import { RRuleTemporal } from 'rrule-temporal';
import { DAY_MS } from '../../../kernel/durations.js';
import type { WallTime } from '../wall-time-clock.js';
import { plainStepsOf, stepsBetween } from './plain-steps.js';
import { asUtcText, formatRule, type RecurrenceRule } from './recurrence-rule.js';

/** Wall times from `from` on and before `to`. */
export interface WallSpan {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** Periods that the library may walk through: an hourly rule of ten years has 87,600. */
const MAX_ITERATIONS = 1_000_000;
const FIRST_LOOK_MS = 366 * DAY_MS;

/**
 * The wall times that a rule gives within a span, in order, each once; exceptions and clock changes come later.
 * Simple hourly, daily and weekly rules are plain steps; all others are expanded as if the zone were UTC, so that
 * nothing is lost to a gap.
 *
 * @param start DTSTART: the rule counts from here and gives nothing earlier; no time of its own where the rule has none
 * @throws Error when the library gives up: the rule cannot be walked through
 */
export const expandRule = (rule: RecurrenceRule, start: WallTime, span: WallSpan): WallTime[] => {
  const { count, until } = rule;
  const to = until?.kind === 'wall' ? Math.min(span.to, until.at + 1) : span.to;
  const from = Math.max(span.from, start);
  if (to <= from) return [];
  const steps = plainStepsOf(rule, start);
  return steps ? [...stepsBetween(steps, { start, count }, { from, to })] : calendarTimes(rule, start, { from, to });
};

const calendarTimes = (rule: RecurrenceRule, start: WallTime, { from, to }: WallSpan): WallTime[] => {
  const found =
    rule.count === undefined ? timesWithin(walkerOf(rule, start), { from, to }) : countedTimes(rule, start, to);
  return found.filter((wall) => wall >= from && wall < to);
};

const timesWithin = (walker: RRuleTemporal, { from, to }: WallSpan): WallTime[] =>
  walker.between(new Date(from), new Date(to - 1), true).map(({ epochMilliseconds }) => epochMilliseconds);

/** What is counted is walked from its start and remembered, as far as somebody asked for. */
const countedTimes = (rule: RecurrenceRule, start: WallTime, to: WallTime): readonly WallTime[] => {
  const known = counted.get(rule);
  if (known?.start === start && known.to >= to) return known.walls;
  const walked = firstTimes(rule, start, to);
  counted.set(rule, { start, ...walked });
  return walked.walls;
};

/** By time, not by count alone: no 30 February ever comes. Each look goes twice as far, so that few are enough. */
const firstTimes = ({ count = 0, ...endless }: RecurrenceRule, start: WallTime, asked: WallTime): Walked => {
  const walker = walkerOf(endless, start);
  for (let length = FIRST_LOOK_MS; ; length *= 2) {
    const to = start + length;
    const walls = timesWithin(walker, { from: start, to });
    if (walls.length >= count) return { walls: walls.slice(0, count), to: Infinity };
    if (to >= asked) return { walls, to };
  }
};

interface Walked {
  readonly walls: readonly WallTime[];
  /** The walls are all there are before this. */
  readonly to: WallTime;
}
const counted = new WeakMap<RecurrenceRule, Walked & { readonly start: WallTime }>();

const walkerOf = ({ until: _, ...endless }: RecurrenceRule, start: WallTime) =>
  new RRuleTemporal({
    rruleString: `DTSTART:${asUtcText(start)}\nRRULE:${formatRule(endless)}`,
    maxIterations: MAX_ITERATIONS,
    cache: false,
  });
