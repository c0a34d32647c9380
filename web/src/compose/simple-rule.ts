import { EVERY_DAY, type Rule, ruleText as textOf, type Weekday } from '../ui/recurrence/rule.ts';

/** Recurrence as most people need it. */
export interface SimpleRule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  /** Every so many days, weeks, months; 1 or more. */
  readonly interval: number;
  /** Of a week's rule; empty: the weekday of the start. */
  readonly days: readonly Weekday[];
  /** Runs in all; undefined: without end. */
  readonly count?: number;
}

export const DAILY: SimpleRule = { freq: 'DAILY', interval: 1, days: [] };

/** As RFC 5545 writes it. */
export const ruleText = ({ freq, interval, days, count }: SimpleRule): string => {
  const end: Rule['end'] = count === undefined ? { kind: 'never' } : { kind: 'count', count };
  return textOf({ ...EVERY_DAY, freq, interval, weekdays: days, end });
};
