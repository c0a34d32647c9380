/** Recurrence as most people need it; written as an RRULE of RFC 5545. */
export interface SimpleRule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  /** Every so many days, weeks, months; 1 or more. */
  readonly interval: number;
  /** Of a week's rule; empty: the weekday of the start. */
  readonly days: readonly Weekday[];
  /** Runs in all; undefined: without end. */
  readonly count?: number;
}

/** Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAILY: SimpleRule = { freq: 'DAILY', interval: 1, days: [] };

export const ruleText = ({ freq, interval, days, count }: SimpleRule): string =>
  [
    `FREQ=${freq}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(freq === 'WEEKLY' && days.length > 0
      ? [`BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(',')}`]
      : []),
    ...(count === undefined ? [] : [`COUNT=${count}`]),
  ].join(';');

const KNOWN = ['FREQ', 'INTERVAL', 'BYDAY', 'COUNT'];
const isWeekday = (day: string): day is Weekday => WEEKDAYS.some((known) => known === day);

/** The rule as these fields can show it; undefined for one that says more than they can. */
export const readRule = (text: string): SimpleRule | undefined => {
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]));
  const freq = parts.get('FREQ');
  const days = parts.get('BYDAY')?.split(',') ?? [];
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY') return undefined;
  if ([...parts.keys()].some((name) => !KNOWN.includes(name))) return undefined;
  if (!days.every(isWeekday) || (days.length > 0 && freq !== 'WEEKLY')) return undefined;
  const count = parts.get('COUNT');
  return {
    freq,
    interval: Number(parts.get('INTERVAL') ?? 1),
    days,
    ...(count === undefined ? {} : { count: Number(count) }),
  };
};
