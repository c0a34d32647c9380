import type { Frequency, NumberPart, RecurrenceRule } from './recurrence-rule.js';

/** A code and a sentence. */
type Fault = readonly [code: string, message: string];

/** Most runs on one day: one an hour. */
export const MAX_PER_DAY = 24;

/** Which parts make no sense with which frequency: RFC 5545 section 3.3.10, the table of BYxxx. */
const NOT_WITH: Readonly<Partial<Record<NumberPart, readonly Frequency[]>>> = {
  BYWEEKNO: ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'],
  BYYEARDAY: ['DAILY', 'WEEKLY', 'MONTHLY'],
  BYMONTHDAY: ['WEEKLY'],
};

/** What contradicts itself in a rule whose parts can be read one by one. */
export const checkRule = (rule: RecurrenceRule): readonly Fault[] => [
  ...ends(rule),
  ...strangers(rule),
  ...ordinals(rule),
  ...positions(rule),
  ...tooOften(rule),
];

const ends = ({ count, until }: RecurrenceRule): Fault[] =>
  count === undefined || until === undefined
    ? []
    : [['recurrence.count_and_until', 'A rule ends by COUNT or by UNTIL, not by both. Remove one.']];

const strangers = ({ freq, by }: RecurrenceRule): Fault[] =>
  Object.entries(NOT_WITH).flatMap(([part, frequencies]): Fault[] =>
    by[part as NumberPart] === undefined || !frequencies.includes(freq)
      ? []
      : [['recurrence.bad_combination', `${part} cannot stand with FREQ=${freq} (RFC 5545, 3.3.10). Remove it.`]],
  );

const ordinals = ({ freq, by, byDay = [] }: RecurrenceRule): Fault[] => {
  const numbers = byDay.flatMap(({ ordinal }) => (ordinal === undefined ? [] : [Math.abs(ordinal)]));
  if (numbers.length === 0) return [];
  if (freq !== 'MONTHLY' && freq !== 'YEARLY')
    return [['recurrence.bad_combination', `The n-th weekday (1MO) needs FREQ=MONTHLY or YEARLY, not ${freq}.`]];
  if (by.BYWEEKNO !== undefined)
    return [['recurrence.bad_combination', 'The n-th weekday (1MO) cannot stand with BYWEEKNO. Remove the number.']];
  const isOfMonth = freq === 'MONTHLY' || by.BYMONTH !== undefined;
  return isOfMonth && Math.max(...numbers) > 5
    ? [['recurrence.never', 'A month has at most five of a weekday. Send a number from 1 to 5 or -5 to -1.']]
    : [];
};

const positions = ({ by, byDay }: RecurrenceRule): Fault[] => {
  if (by.BYSETPOS === undefined) return [];
  const others = Object.keys(by).length - 1 + (byDay ? 1 : 0);
  return others > 0
    ? []
    : [['recurrence.bad_combination', 'BYSETPOS picks from what another BY part gives. Add one, or remove it.']];
};

const tooOften = ({ freq, by }: RecurrenceRule): Fault[] => {
  const hours = by.BYHOUR?.length ?? (freq === 'HOURLY' ? 24 : 1);
  const perDay = hours * (by.BYMINUTE?.length ?? 1) * (by.BYSECOND?.length ?? 1);
  return perDay <= MAX_PER_DAY
    ? []
    : [
        [
          'recurrence.too_often',
          `This makes up to ${perDay} runs a day; at most ${MAX_PER_DAY}. Take fewer of BYHOUR, BYMINUTE, BYSECOND.`,
        ],
      ];
};
