/** What stands in the builder: one level of conditions. Deeper filters of the API are edited as JSON. */
export interface FilterDraft {
  readonly join: 'all' | 'any';
  readonly conditions: readonly ConditionDraft[];
}

export interface ConditionDraft {
  readonly subject: Subject;
  /** Name, when the subject is an attribute. */
  readonly attribute: string;
  readonly op: string;
  readonly values: readonly string[];
  readonly value: string;
}

export const SUBJECTS = [
  'tags',
  'language',
  'zone',
  'emailDomain',
  'phone',
  'createdAt',
  'confirmedAt',
  'attribute',
] as const;
export type Subject = (typeof SUBJECTS)[number];

const TEXT_OPS = ['in', 'notIn'] as const;
const TIME_OPS = ['withinDays', 'olderThanDays', 'before', 'after'] as const;

/** The operators of each subject, the usual one first; the grammar is that of `POST /v1/segments`. */
export const OPS = {
  tags: ['hasAny', 'hasAll', 'hasNone'],
  language: TEXT_OPS,
  zone: TEXT_OPS,
  emailDomain: TEXT_OPS,
  phone: ['exists', 'missing'],
  createdAt: TIME_OPS,
  confirmedAt: TIME_OPS,
  attribute: ['equals', 'notEquals', 'in', 'notIn', 'atLeast', 'atMost', 'exists', 'missing'],
} as const satisfies Readonly<Record<Subject, readonly string[]>>;

export type Op = (typeof OPS)[Subject][number];

const LISTS: readonly string[] = ['hasAny', 'hasAll', 'hasNone', 'in', 'notIn'];
const BARE: readonly string[] = ['exists', 'missing'];
const DAYS: readonly string[] = ['withinDays', 'olderThanDays'];
const INSTANTS: readonly string[] = ['before', 'after'];
const NUMBERS: readonly string[] = ['atLeast', 'atMost'];

/** What is typed beside an operator. */
export const operandOf = (op: string): 'list' | 'none' | 'days' | 'day' | 'number' | 'text' => {
  if (LISTS.includes(op)) return 'list';
  if (BARE.includes(op)) return 'none';
  if (DAYS.includes(op)) return 'days';
  if (INSTANTS.includes(op)) return 'day';
  return NUMBERS.includes(op) ? 'number' : 'text';
};

export const newCondition = (subject: Subject): ConditionDraft => ({
  subject,
  attribute: '',
  op: OPS[subject][0],
  values: [],
  value: '',
});

/** `true` and `false` are booleans, what reads as a number is one: attributes have types, inputs have none. */
export const attributeValue = (text: string): string | number | boolean => {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
};

const operand = ({ subject, op, values, value }: ConditionDraft): object => {
  switch (operandOf(op)) {
    case 'none':
      return {};
    case 'list':
      return { values: subject === 'attribute' ? values.map(attributeValue) : values };
    case 'days':
    case 'number':
      return { value: Number(value) };
    case 'day':
      return { value: `${value}T00:00:00Z` };
    case 'text':
      return { value: attributeValue(value) };
  }
};

const written = (condition: ConditionDraft): Record<string, unknown> => ({
  ...(condition.subject === 'attribute' ? { attribute: condition.attribute.trim() } : { field: condition.subject }),
  op: condition.op,
  ...operand(condition),
});

/** A condition that is not finished is left out: the count goes on while one types. */
export const isFinished = ({ subject, attribute, op, values, value }: ConditionDraft): boolean => {
  if (subject === 'attribute' && attribute.trim() === '') return false;
  const kind = operandOf(op);
  if (kind === 'none') return true;
  return kind === 'list' ? values.length > 0 : value.trim() !== '';
};

export const toFilter = ({ join, conditions }: FilterDraft): Record<string, unknown> => ({
  [join]: conditions.filter(isFinished).map(written),
});

type Given = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const isSubject = (field: unknown): field is Subject => SUBJECTS.some((subject) => subject === field);
const ISO_DAY_LENGTH = 10;
const MIDNIGHT = /T00:00(:00(\.0+)?)?Z$/;

const readCondition = (given: unknown): ConditionDraft | undefined => {
  if (!isGiven(given) || typeof given.op !== 'string') return undefined;
  const subject = typeof given.attribute === 'string' ? 'attribute' : given.field;
  if (!isSubject(subject) || !OPS[subject].some((op) => op === given.op)) return undefined;
  const text = isPlain(given.value) ? String(given.value) : '';
  const isDay = operandOf(given.op) === 'day';
  // A time within a day has no place in the builder.
  if (isDay && !MIDNIGHT.test(text)) return undefined;
  return {
    subject,
    attribute: typeof given.attribute === 'string' ? given.attribute : '',
    op: given.op,
    values: Array.isArray(given.values) ? given.values.map(String) : [],
    value: isDay ? text.slice(0, ISO_DAY_LENGTH) : text,
  };
};

/** A stored filter in the builder; `undefined` when it says more than the builder can show. */
export const toFilterDraft = (filter: unknown): FilterDraft | undefined => {
  if (!isGiven(filter)) return undefined;
  const join = ['all', 'any'].find((name): name is FilterDraft['join'] => name in filter);
  const given = join === undefined ? [filter] : filter[join];
  if (!Array.isArray(given)) return undefined;
  const conditions = given.map(readCondition);
  if (conditions.includes(undefined)) return undefined;
  return { join: join ?? 'all', conditions: conditions.filter((condition) => condition !== undefined) };
};
