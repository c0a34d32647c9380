/** Monday first, as RFC 5545 writes them. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** -1 is the last. */
export const POSITIONS = [1, 2, 3, 4, -1] as const;

/** When a rule stops: never, after a day (`YYYY-MM-DD`, included), or after so many runs. */
export type RuleEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'until'; readonly day: string }
  | { readonly kind: 'count'; readonly count: number };

/** Which day of a month: one by number (-1: the last), one by weekday, or that of the start. */
export type MonthDay =
  | { readonly kind: 'start' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'weekday'; readonly position: number; readonly weekday: Weekday };

/** A recurrence rule as far as the fields of the builder go. */
export interface Rule {
  readonly freq: Frequency;
  /** Every so many days, weeks, months or years; 1 or more. */
  readonly interval: number;
  /** Of a week; none: that of the start. */
  readonly weekdays: readonly Weekday[];
  readonly monthDay: MonthDay;
  /** Full list of hours of a day, 0-23, at the minute of the start; none: that of the start alone. */
  readonly hours: readonly number[];
  readonly end: RuleEnd;
}

export const EVERY_DAY: Rule = {
  freq: 'DAILY',
  interval: 1,
  weekdays: [],
  monthDay: { kind: 'start' },
  hours: [],
  end: { kind: 'never' },
};

const monthPart = ({ freq, monthDay }: Rule): string[] => {
  if (freq !== 'MONTHLY' || monthDay.kind === 'start') return [];
  if (monthDay.kind === 'number') return [`BYMONTHDAY=${monthDay.number}`];
  return [`BYDAY=${monthDay.position}${monthDay.weekday}`];
};

const endPart = ({ end }: Rule): string[] => {
  if (end.kind === 'count') return [`COUNT=${end.count}`];
  return end.kind === 'until' ? [`UNTIL=${end.day.replaceAll('-', '')}`] : [];
};

/** The rule as RFC 5545 writes it; only what differs from the plainest. */
export const ruleText = (rule: Rule): string => {
  const { freq, interval, weekdays, hours } = rule;
  const days = WEEKDAYS.filter((day) => weekdays.includes(day));
  return [
    `FREQ=${freq}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(freq === 'WEEKLY' && days.length > 0 ? [`BYDAY=${days.join(',')}`] : []),
    ...monthPart(rule),
    ...(hours.length > 0 ? [`BYHOUR=${hours.toSorted((one, other) => one - other).join(',')}`] : []),
    ...endPart(rule),
  ].join(';');
};

const KNOWN = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYHOUR', 'COUNT', 'UNTIL']);
const POSITIONED = /^(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/;
const LAST_OF_DAY = /^(\d{4})(\d\d)(\d\d)(T235959)?$/;
const COUNTED = /^[1-9]\d*$/;
const HOUR = /^(1?\d|2[0-3])$/;

const readEnd = (parts: ReadonlyMap<string, string>): RuleEnd | undefined => {
  const count = parts.get('COUNT');
  if (count !== undefined) return COUNTED.test(count) ? { kind: 'count', count: Number(count) } : undefined;
  const until = parts.get('UNTIL');
  if (until === undefined) return { kind: 'never' };
  const [, year, month, dayOfMonth] = LAST_OF_DAY.exec(until) ?? [];
  const day = `${year}-${month}-${dayOfMonth}`;
  return Number.isNaN(Date.parse(day)) ? undefined : { kind: 'until', day };
};

const readMonthDay = (days: string | undefined, number: string | undefined): MonthDay | undefined => {
  if (days !== undefined && number !== undefined) return undefined;
  if (number !== undefined) return /^(-1|\d\d?)$/.test(number) ? { kind: 'number', number: Number(number) } : undefined;
  if (days === undefined) return { kind: 'start' };
  const [, position, weekday] = POSITIONED.exec(days) ?? [];
  return weekday === undefined
    ? undefined
    : { kind: 'weekday', position: Number(position), weekday: weekday as Weekday };
};

const isFrequency = (text: string | undefined): text is Frequency => FREQUENCIES.some((known) => known === text);
const isWeekday = (text: string): text is Weekday => WEEKDAYS.some((known) => known === text);

/** The rule as the fields can show it; undefined for one that says more than they can. */
export const readRule = (text: string): Rule | undefined => {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]));
  const freq = parts.get('FREQ');
  const end = readEnd(parts);
  if (!isFrequency(freq) || !end || [...parts.keys()].some((name) => !KNOWN.has(name))) return undefined;
  const isMonthly = freq === 'MONTHLY';
  const monthDay = isMonthly ? readMonthDay(parts.get('BYDAY'), parts.get('BYMONTHDAY')) : EVERY_DAY.monthDay;
  const weekdays = isMonthly ? [] : (parts.get('BYDAY')?.split(',') ?? []);
  const asksMore = (weekdays.length > 0 && freq !== 'WEEKLY') || (!isMonthly && parts.has('BYMONTHDAY'));
  if (!monthDay || !weekdays.every(isWeekday) || asksMore) return undefined;
  const interval = parts.get('INTERVAL') ?? '1';
  const hours = parts.get('BYHOUR')?.split(',') ?? [];
  if (!COUNTED.test(interval) || !hours.every((hour) => HOUR.test(hour))) return undefined;
  return { freq, interval: Number(interval), weekdays, monthDay, hours: hours.map(Number), end };
};
