import type { WallTime } from '../wall-time-clock.js';

/** How often, the most frequent first. RFC 5545 also knows SECONDLY and MINUTELY; nothing is posted that often. */
export const FREQUENCIES = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The parts that are lists of numbers, with the range RFC 5545 section 3.3.10 gives them (60 as a second left out). */
export const NUMBER_PARTS = {
  BYMONTH: { least: 1, most: 12, fromEnd: false },
  BYWEEKNO: { least: 1, most: 53, fromEnd: true },
  BYYEARDAY: { least: 1, most: 366, fromEnd: true },
  BYMONTHDAY: { least: 1, most: 31, fromEnd: true },
  BYHOUR: { least: 0, most: 23, fromEnd: false },
  BYMINUTE: { least: 0, most: 59, fromEnd: false },
  BYSECOND: { least: 0, most: 59, fromEnd: false },
  BYSETPOS: { least: 1, most: 366, fromEnd: true },
} as const;
export type NumberPart = keyof typeof NUMBER_PARTS;
const PARTS = Object.keys(NUMBER_PARTS) as readonly NumberPart[];

/** A weekday, or the n-th one of a month or year; counted from the end when negative. */
export interface RuleDay {
  readonly weekday: Weekday;
  readonly ordinal?: number;
}

/** The last moment of a rule, itself included. */
export type RuleEnd =
  { readonly kind: 'instant'; readonly at: number } | { readonly kind: 'wall'; readonly at: WallTime };

/** A rule of RFC 5545 that has been read and checked. Its times are wall times of the series' zone. */
export interface RecurrenceRule {
  readonly freq: Frequency;
  /** 1: every hour, day, week, month, year. */
  readonly interval: number;
  /** How many times in all, exceptions included; never together with `until`. */
  readonly count?: number;
  readonly until?: RuleEnd;
  readonly by: Readonly<Partial<Record<NumberPart, readonly number[]>>>;
  readonly byDay?: readonly RuleDay[];
  /** Matters for WEEKLY with an interval above 1, and for BYWEEKNO. */
  readonly weekStart: Weekday;
}

const DEFAULT_WEEK_START: Weekday = 'MO';

const basic = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');

const endText = ({ kind, at }: RuleEnd): string => (kind === 'instant' ? `${basic(at)}Z` : basic(at));

/** The rule as RFC 5545 writes it, always in the same order, defaults left out. */
export const formatRule = ({ freq, interval, count, until, by, byDay, weekStart }: RecurrenceRule): string =>
  [
    `FREQ=${freq}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(count === undefined ? [] : [`COUNT=${count}`]),
    ...(until === undefined ? [] : [`UNTIL=${endText(until)}`]),
    ...PARTS.flatMap((part) => (by[part] === undefined ? [] : [`${part}=${by[part].join()}`])),
    ...(byDay === undefined ? [] : [`BYDAY=${byDay.map(({ ordinal = '', weekday }) => ordinal + weekday).join()}`]),
    ...(weekStart === DEFAULT_WEEK_START ? [] : [`WKST=${weekStart}`]),
  ].join(';');

/** A wall time as an iCalendar UTC date-time: what the expansion of dates counts in. */
export const asUtcText = (wall: WallTime): string => `${basic(wall)}Z`;
