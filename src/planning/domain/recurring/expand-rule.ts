import { RRuleTemporal } from 'rrule-temporal';
import type { WallTime } from '../wall-time-clock.js';
import { plainStepsOf, stepsBetween } from './plain-steps.js';
import { LATEST_WALL } from './recurrence.js';
import { asUtcText, formatRule, type RecurrenceRule } from './recurrence-rule.js';

/** Wall times from `from` on and before `to`. */
export interface WallSpan {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** Periods that the library may walk through: an hourly rule of ten years has 87,600. */
const MAX_ITERATIONS = 1_000_000;

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
    rule.count === undefined
      ? walkerOf(rule, start)
          .between(new Date(from), new Date(to - 1), true)
          .map(wallOf)
      : countedTimes(rule, start);
  return found.filter((wall) => wall >= from && wall < to);
};

/** What is counted is walked from its start: once for each rule, whatever spans are asked for. */
const countedTimes = (rule: RecurrenceRule, start: WallTime): readonly WallTime[] => {
  const known = counted.get(rule);
  if (known?.start === start) return known.walls;
  const walls = walkerOf(rule, start)
    .all(({ epochMilliseconds }) => epochMilliseconds < LATEST_WALL)
    .map(wallOf);
  counted.set(rule, { start, walls });
  return walls;
};

const counted = new WeakMap<RecurrenceRule, { readonly start: WallTime; readonly walls: readonly WallTime[] }>();

const walkerOf = ({ until: _, ...endless }: RecurrenceRule, start: WallTime) =>
  new RRuleTemporal({
    rruleString: `DTSTART:${asUtcText(start)}\nRRULE:${formatRule(endless)}`,
    maxIterations: MAX_ITERATIONS,
    cache: false,
  });

const wallOf = ({ epochMilliseconds }: { readonly epochMilliseconds: number }): WallTime => epochMilliseconds;
