import { type Finding, finding } from '../finding.js';
import { parseWallTime } from '../wall-time.js';
import { checkRule } from './check-rule.js';
import {
  FREQUENCIES,
  type Frequency,
  NUMBER_PARTS,
  type NumberPart,
  type RecurrenceRule,
  type RuleDay,
  type RuleEnd,
  type Weekday,
  WEEKDAYS,
} from './recurrence-rule.js';

/** Longest rule that is read, UTF-16 units; the longest sensible ones have some hundred. */
const MAX_RULE = 2_000;
/** Most times a rule may have by COUNT: a century of weeks is 5,200. */
export const MAX_COUNT = 10_000;
const MAX_INTERVAL = 1_000;

/** A rule, or everything that is wrong with it. */
export type ParsedRule =
  | { readonly rule: RecurrenceRule; readonly findings: readonly [] }
  | { readonly rule?: undefined; readonly findings: readonly Finding[] };

/** What one part says, or what is wrong with it: a code and a sentence. */
type Read<T> = { readonly value: T } | { readonly fault: Fault };
type Fault = readonly [code: string, message: string];

const badPart = (message: string) => ({ fault: ['recurrence.bad_part', message] as const });

/**
 * Reads a rule as RFC 5545 section 3.3.10 writes it, with or without `RRULE:` before it.
 * Finds every unknown, doubled, unreadable, or contradictory part, each with a sentence.
 *
 * @param field where the text stands in the request
 */
export const parseRule = (text: string, field = 'rule'): ParsedRule => {
  const line = text.trim().replace(/^RRULE:/i, '');
  const refuse = (...[code, message]: Fault) => finding(code, field, message);
  if (line.length > MAX_RULE)
    return { findings: [refuse('recurrence.bad_rule', `A rule has at most ${MAX_RULE} characters. Shorten it.`)] };
  if (/[\r\n]/.test(line))
    return {
      findings: [
        refuse(
          'recurrence.bad_rule',
          'Send the RRULE alone. Start, zone, EXDATE and RDATE go into start, timezone, exdates and rdates.',
        ),
      ],
    };
  const { parts, faults } = splitParts(line);
  const { draft, faults: unread } = readParts(parts);
  const all = [...faults, ...unread];
  if (all.length > 0 || !draft) return { findings: all.map((fault) => refuse(...fault)) };
  const contradictions = checkRule(draft).map((fault) => refuse(...fault));
  return contradictions.length > 0 ? { findings: contradictions } : { rule: draft, findings: [] };
};

const splitParts = (line: string): { parts: ReadonlyMap<string, string>; faults: Fault[] } => {
  const parts = new Map<string, string>();
  const faults: Fault[] = [];
  const pieces = line.toUpperCase().replace(/;$/, '').split(';');
  for (const piece of pieces) {
    const [, name, value] = /^\s*([A-Z-]+)\s*=\s*(\S.*?)\s*$/.exec(piece) ?? [];
    if (name === undefined || value === undefined)
      faults.push(['recurrence.bad_part', `"${piece.slice(0, 40)}" is no part like FREQ=WEEKLY. Separate parts by ;.`]);
    else if (!Object.hasOwn(READERS, name))
      faults.push(['recurrence.unknown_part', `${name.slice(0, 40)} is not known here. Known: ${KNOWN}.`]);
    else if (parts.has(name)) faults.push(['recurrence.duplicate_part', `${name} stands twice. Remove one.`]);
    else parts.set(name, value);
  }
  return { parts, faults };
};

const readParts = (parts: ReadonlyMap<string, string>): { draft?: RecurrenceRule; faults: Fault[] } => {
  const faults: Fault[] = [];
  const draft: { -readonly [K in keyof RecurrenceRule]?: RecurrenceRule[K] } = { interval: 1, weekStart: 'MO' };
  const by: Partial<Record<NumberPart, readonly number[]>> = {};
  for (const [name, text] of parts) {
    const read = READERS[name as PartName](text, name);
    if ('fault' in read) faults.push(read.fault);
    else if (Object.hasOwn(NUMBER_PARTS, name)) by[name as NumberPart] = read.value as readonly number[];
    else Object.assign(draft, { [FIELDS[name as keyof typeof FIELDS]]: read.value });
  }
  if (!parts.has('FREQ')) faults.push(['recurrence.no_frequency', 'Say how often: FREQ=DAILY, WEEKLY, MONTHLY ...']);
  if (faults.length > 0 || draft.freq === undefined) return { faults };
  return { draft: { ...draft, by } as RecurrenceRule, faults };
};

const readFrequency = (text: string): Read<Frequency> => {
  const freq = FREQUENCIES.find((known) => known === text);
  if (freq) return { value: freq };
  if (text === 'SECONDLY' || text === 'MINUTELY')
    return {
      fault: [
        'recurrence.too_often',
        `A post cannot recur ${text.toLowerCase()}. The most frequent is FREQ=HOURLY; add BYMINUTE for a few times an hour.`,
      ],
    };
  return badPart(`FREQ=${text.slice(0, 40)} is not known. Send one of ${FREQUENCIES.join(', ')}.`);
};

const readWhole =
  (most: number) =>
  (text: string, name: string): Read<number> => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value >= 1 && value <= most) return { value };
    return badPart(`${name} is a whole number from 1 to ${most}.`);
  };

const readNumbers = (text: string, name: string): Read<readonly number[]> => {
  const { least, most, fromEnd } = NUMBER_PARTS[name as NumberPart];
  const values = text.split(',').map((item) => (/^[+-]?\d{1,3}$/.test(item.trim()) ? Number(item) : NaN));
  const fits = (value: number) => {
    const size = fromEnd ? Math.abs(value) : value;
    return size >= least && size <= most;
  };
  if (values.every(fits)) return { value: [...new Set(values)].sort((a, b) => a - b) };
  const range = fromEnd ? `${least} to ${most} or -${most} to -${least}` : `${least} to ${most}`;
  return badPart(`${name} takes numbers from ${range}, separated by commas.`);
};

const readDays = (text: string): Read<readonly RuleDay[]> => {
  const days = text.split(',').map(dayOf);
  if (!days.every((day) => day !== undefined))
    return badPart('BYDAY takes MO, TU, WE, TH, FR, SA, SU, with a number before it for the n-th: 1MO, -1FR.');
  return { value: [...new Map(days.map((day) => [`${day.ordinal}${day.weekday}`, day])).values()] };
};

const dayOf = (text: string): RuleDay | undefined => {
  const [, number, name] = /^\s*([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\s*$/.exec(text) ?? [];
  const weekday = WEEKDAYS.find((known) => known === name);
  if (!weekday) return undefined;
  if (number === undefined) return { weekday };
  const ordinal = Number(number);
  return ordinal === 0 || Math.abs(ordinal) > 53 ? undefined : { weekday, ordinal };
};

const readWeekStart = (text: string): Read<Weekday> => {
  const weekday = WEEKDAYS.find((known) => known === text);
  return weekday ? { value: weekday } : badPart('WKST takes one of MO, TU, WE, TH, FR, SA, SU.');
};

/** UTC by `Z`; without it a wall time of the series' zone, a bare day up to its last second. */
const readUntil = (text: string): Read<RuleEnd> => {
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(text) ?? [];
  const at = parseWallTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  if (at === undefined) return badPart('UNTIL is a day like 20271231 or a time like 20271231T225959Z that exists.');
  return { value: { kind: utc ? 'instant' : 'wall', at } };
};

const FIELDS = {
  FREQ: 'freq',
  INTERVAL: 'interval',
  COUNT: 'count',
  UNTIL: 'until',
  BYDAY: 'byDay',
  WKST: 'weekStart',
} as const satisfies Readonly<Record<string, keyof RecurrenceRule>>;
type PartName = keyof typeof FIELDS | NumberPart;

const READERS: Readonly<Record<PartName, (text: string, name: string) => Read<unknown>>> = {
  FREQ: readFrequency,
  INTERVAL: readWhole(MAX_INTERVAL),
  COUNT: readWhole(MAX_COUNT),
  UNTIL: readUntil,
  BYDAY: readDays,
  WKST: readWeekStart,
  BYMONTH: readNumbers,
  BYWEEKNO: readNumbers,
  BYYEARDAY: readNumbers,
  BYMONTHDAY: readNumbers,
  BYHOUR: readNumbers,
  BYMINUTE: readNumbers,
  BYSECOND: readNumbers,
  BYSETPOS: readNumbers,
};
const KNOWN = Object.keys(READERS).join(', ');
