import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { WallTime } from '../wall-time-clock.js';
import { type RecurrenceRule, WEEKDAYS } from './recurrence-rule.js';

/** A rule that repeats after so long without regard to months and years: times are numbers, not dates. */
export interface PlainSteps {
  /** Where the first period begins; at or before the start of the series. */
  readonly anchor: WallTime;
  readonly periodMs: number;
  /** The times of each period, from its begin; ascending. */
  readonly offsets: readonly number[];
}

/** The steps of a simple hourly, daily or weekly rule; undefined for every other, which needs a calendar. */
export const plainStepsOf = (rule: RecurrenceRule, start: WallTime): PlainSteps | undefined => {
  const { by, byDay } = rule;
  if (by.BYMONTH || by.BYWEEKNO || by.BYYEARDAY || by.BYMONTHDAY || by.BYSETPOS) return undefined;
  switch (rule.freq) {
    case 'HOURLY':
      return by.BYHOUR || byDay ? undefined : hourlySteps(rule, start);
    case 'DAILY':
      return byDay ? dailyStepsOn(rule, start) : dailySteps(rule, start);
    case 'WEEKLY':
      return weeklySteps(rule, start);
    default:
      return undefined;
  }
};

/**
 * The wall times of plain steps in [from, to) that are not before `start`, in order.
 * @param count how many there are in all, from `start` on
 */
export function* stepsBetween(
  { anchor, periodMs, offsets }: PlainSteps,
  { start, count = Infinity }: { readonly start: WallTime; readonly count?: number | undefined },
  { from, to }: { readonly from: WallTime; readonly to: WallTime },
): Generator<WallTime> {
  if (offsets.length === 0) return;
  const indexOf = (wall: WallTime) => {
    const period = Math.floor((wall - anchor) / periodMs);
    const rest = wall - anchor - period * periodMs;
    const before = offsets.findIndex((offset) => offset >= rest);
    return period * offsets.length + (before < 0 ? offsets.length : before);
  };
  const first = indexOf(start);
  for (let index = Math.max(first, indexOf(from)); index < first + count; index += 1) {
    const period = Math.floor(index / offsets.length);
    const wall = anchor + period * periodMs + (offsets[index - period * offsets.length] ?? 0);
    if (wall >= to) return;
    yield wall;
  }
}

const dayOf = (wall: WallTime) => Math.floor(wall / DAY_MS) * DAY_MS;

/** Monday is 0: 1 January 1970 was a Thursday. */
const weekdayOf = (day: number) => (((day / DAY_MS + 3) % 7) + 7) % 7;

/** The times of a day that a rule names, the start's own where it names none. */
const timesOf = ({ by }: RecurrenceRule, start: WallTime): number[] => {
  const at = new Date(start);
  const hours = by.BYHOUR ?? [at.getUTCHours()];
  return hours.flatMap((hour) => minutesOf(by, at).map((rest) => hour * HOUR_MS + rest));
};

const minutesOf = (by: RecurrenceRule['by'], at: Date): number[] => {
  const seconds = by.BYSECOND ?? [at.getUTCSeconds()];
  return (by.BYMINUTE ?? [at.getUTCMinutes()]).flatMap((minute) =>
    seconds.map((second) => minute * MINUTE_MS + second * SECOND_MS),
  );
};

const hourlySteps = ({ interval, by }: RecurrenceRule, start: WallTime): PlainSteps => ({
  anchor: Math.floor(start / HOUR_MS) * HOUR_MS,
  periodMs: interval * HOUR_MS,
  offsets: minutesOf(by, new Date(start)),
});

const dailySteps = (rule: RecurrenceRule, start: WallTime): PlainSteps => ({
  anchor: dayOf(start),
  periodMs: rule.interval * DAY_MS,
  offsets: timesOf(rule, start),
});

/** Every n-th day when it is one of these weekdays: the pattern repeats after a multiple of both. */
const dailyStepsOn = (rule: RecurrenceRule, start: WallTime): PlainSteps => {
  const { interval, byDay = [] } = rule;
  const anchor = dayOf(start);
  const steps = interval % 7 === 0 ? 1 : 7;
  const days = Array.from({ length: steps }, (_, step) => step * interval * DAY_MS);
  const named = new Set(byDay.map(({ weekday }) => WEEKDAYS.indexOf(weekday)));
  const kept = days.filter((day) => named.has(weekdayOf(anchor + day)));
  return { anchor, periodMs: steps * interval * DAY_MS, offsets: atTimes(kept, timesOf(rule, start)) };
};

const weeklySteps = (rule: RecurrenceRule, start: WallTime): PlainSteps => {
  const { interval, byDay, weekStart } = rule;
  const sinceWeekStart = (weekday: number) => (weekday - WEEKDAYS.indexOf(weekStart) + 7) % 7;
  const startDay = dayOf(start);
  const weekdays = byDay?.map(({ weekday }) => WEEKDAYS.indexOf(weekday)) ?? [weekdayOf(startDay)];
  const days = weekdays.map((weekday) => sinceWeekStart(weekday) * DAY_MS).sort((a, b) => a - b);
  return {
    anchor: startDay - sinceWeekStart(weekdayOf(startDay)) * DAY_MS,
    periodMs: 7 * interval * DAY_MS,
    offsets: atTimes(days, timesOf(rule, start)),
  };
};

const atTimes = (days: readonly number[], times: readonly number[]): number[] =>
  days.flatMap((day) => times.map((time) => day + time));
