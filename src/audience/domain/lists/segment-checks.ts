import { type AttributeValue, MAX_SEGMENT_DAYS, MAX_SEGMENT_TEXT, MAX_SEGMENT_VALUES } from './segment.js';

/** Where faults are noted. */
export interface Faults {
  add(field: string, rule: string, message: string): undefined;
}

interface Place {
  readonly path: string;
  readonly faults: Faults;
}

type Given = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isOneOf = <T extends string>(value: unknown, among: readonly T[]): value is T =>
  among.includes(value as T);

/** Names what a condition has and should not have. */
export const onlyFields = (given: Given, allowed: readonly string[], { path, faults }: Place): boolean => {
  const unknown = Object.keys(given).filter((name) => !allowed.includes(name));
  for (const name of unknown)
    faults.add(`${path}.${name}`, 'unknownField', `does not belong here; allowed are ${allowed.join(', ')}`);
  return unknown.length === 0;
};

const opOf = <T extends string>(given: Given, ops: readonly T[], { path, faults }: Place): T | undefined =>
  isOneOf(given.op, ops) ? given.op : faults.add(`${path}.op`, 'in', `must be one of ${ops.join(', ')}`);

/** A condition without a value. */
export const bare = (given: Given, ops: readonly string[], place: Place): object | undefined => {
  const op = opOf(given, ops, place);
  const isClean = onlyFields(given, ['field', 'attribute', 'op'], place);
  return op && isClean ? { ...named(given), op } : undefined;
};

/** A condition on texts. */
export const withTexts = (given: Given, ops: readonly string[], place: Place): object | undefined => {
  const op = opOf(given, ops, place);
  const isClean = onlyFields(given, ['field', 'op', 'values'], place);
  const values = listOf(given.values, isText, place);
  return op && isClean && values ? { ...named(given), op, values } : undefined;
};

/** A condition on an instant, or on days before now. */
export const withTime = (given: Given, place: Place): object | undefined => {
  const op = opOf(given, ['before', 'after', 'withinDays', 'olderThanDays'], place);
  const isClean = onlyFields(given, ['field', 'op', 'value'], place);
  if (!op || !isClean) return undefined;
  const { value } = given;
  const isDays = op === 'withinDays' || op === 'olderThanDays';
  if (isDays ? isDayCount(value) : isInstant(value)) return { ...named(given), op, value };
  const what = isDays
    ? `a whole number of days from 1 to ${MAX_SEGMENT_DAYS}`
    : 'an ISO instant such as 2026-01-25T10:00:00Z';
  return place.faults.add(`${place.path}.value`, 'value', `must be ${what}`);
};

export const attributeCondition = (given: Given, place: Place): object | undefined => {
  const op = opOf(given, ['equals', 'notEquals', 'in', 'notIn', 'atLeast', 'atMost', 'exists', 'missing'], place);
  switch (op) {
    case undefined:
      return undefined;
    case 'exists':
    case 'missing':
      return bare(given, [op], place);
    case 'in':
    case 'notIn': {
      const isClean = onlyFields(given, ['attribute', 'op', 'values'], place);
      const values = listOf(given.values, isAttributeValue, place);
      return isClean && values ? { ...named(given), op, values } : undefined;
    }
    case 'equals':
    case 'notEquals':
      return withValue(given, { isRight: isAttributeValue, what: 'a text, a number or a boolean' }, place);
    case 'atLeast':
    case 'atMost':
      return withValue(given, { isRight: Number.isFinite, what: 'a number' }, place);
  }
};

const withValue = (
  given: Given,
  { isRight, what }: { readonly isRight: (value: unknown) => boolean; readonly what: string },
  place: Place,
): object | undefined => {
  const isClean = onlyFields(given, ['attribute', 'op', 'value'], place);
  if (!isRight(given.value)) return place.faults.add(`${place.path}.value`, 'value', `must be ${what}`);
  return isClean ? { ...named(given), op: given.op, value: given.value } : undefined;
};

const listOf = <T>(given: unknown, isRight: (value: unknown) => value is T, place: Place): readonly T[] | undefined => {
  const isList = Array.isArray(given) && given.length > 0 && given.length <= MAX_SEGMENT_VALUES && given.every(isRight);
  if (isList) return given;
  return place.faults.add(
    `${place.path}.values`,
    'values',
    `must be a list of 1 to ${MAX_SEGMENT_VALUES} values of at most ${MAX_SEGMENT_TEXT} characters`,
  );
};

const named = ({ field, attribute }: Given): object => (field === undefined ? { attribute } : { field });

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_SEGMENT_TEXT;

const isAttributeValue = (value: unknown): value is AttributeValue =>
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  (typeof value === 'string' && value.length <= MAX_SEGMENT_TEXT);

const isDayCount = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_SEGMENT_DAYS;

const INSTANT = /^(?<day>\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** What PostgreSQL reads as well: JavaScript takes the 31st of February for the 3rd of March, and knows a year 0. */
const isInstant = (value: unknown): boolean => {
  const day = typeof value === 'string' ? INSTANT.exec(value)?.groups?.['day'] : undefined;
  if (day === undefined || day.startsWith('0000') || Number.isNaN(Date.parse(value as string))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
};
