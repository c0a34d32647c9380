import type { TFunction } from 'i18next';
import { type Rule, type RuleEnd, type Weekday, WEEKDAYS } from './rule.ts';

/** Monday, 5 January 2026. */
const A_MONDAY_MS = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

/** "Monday", or "Mon". */
export const weekdayName = (day: Weekday, language: string, weekday: 'long' | 'short' = 'long'): string => {
  const at = A_MONDAY_MS + WEEKDAYS.indexOf(day) * DAY_MS;
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(at);
};

interface Tongue {
  readonly t: TFunction;
  readonly language: string;
}

const listed = (words: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(words);

const daysInWords = ({ freq, weekdays, monthDay }: Rule, { t, language }: Tongue): string => {
  if (freq === 'WEEKLY' && weekdays.length > 0) {
    const days = WEEKDAYS.filter((day) => weekdays.includes(day)).map((day) => weekdayName(day, language));
    return t('series.on', { days: listed(days, language) });
  }
  if (freq !== 'MONTHLY' || monthDay.kind === 'start') return '';
  if (monthDay.kind === 'number')
    return monthDay.number === -1 ? t('series.onLastDay') : t('series.onDay', { day: monthDay.number });
  const position = t(`series.position.${monthDay.position as 1}`);
  return t('series.onPosition', { position, weekday: weekdayName(monthDay.weekday, language) });
};

const endInWords = (end: RuleEnd, { t, language }: Tongue): string => {
  if (end.kind === 'never') return '';
  if (end.kind === 'count') return t('series.times', { count: end.count });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(end.day));
  return t('series.until', { day });
};

/** "09:30". */
export const clockText = (hour: number, minute: string): string => `${String(hour).padStart(2, '0')}:${minute}`;

/**
 * A rule as a person says it: "Every 2 weeks on Monday and Friday at 09:00 and 18:00, until 31 December 2027".
 * @param start local time of the first run, `YYYY-MM-DDTHH:mm`
 */
export const ruleInWords = (rule: Rule, start: string, tongue: Tongue): string => {
  const { t, language } = tongue;
  const [hour = '00', minute = '00'] = start.slice('YYYY-MM-DDT'.length).split(':');
  const hours = rule.hours.length > 0 ? rule.hours : [Number(hour)];
  const clocks = hours.toSorted((one, other) => one - other).map((at) => clockText(at, minute));
  const often = t(`series.every.${rule.freq}`, { count: rule.interval });
  const at = t('series.at', { times: listed(clocks, language) });
  const said = [often, daysInWords(rule, tongue), at].filter((words) => words !== '').join(' ');
  return [said, endInWords(rule.end, tongue)].filter((words) => words !== '').join(', ');
};
