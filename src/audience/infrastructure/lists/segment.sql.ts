import type {
  AttributeCondition,
  SegmentCondition,
  SegmentFilter,
  SegmentTextField,
} from '../../domain/lists/segment.js';

/** A condition and the values of its parameters, in their order. */
export interface SqlPart {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * A filter as a condition over alias `s` of `subscriber`: true or false, never null. Every value travels as a
 * parameter. It says nothing of workspace, status or suppression.
 * @param firstParam number of the first parameter that is free, from 1
 */
export const segmentWhere = (filter: SegmentFilter, firstParam: number): SqlPart => {
  const params: unknown[] = [];
  const place = (value: unknown, type: string): string => {
    params.push(value);
    return `$${firstParam + params.length - 1}::${type}`;
  };
  return { sql: sqlOf(filter, place), params };
};

/** Takes a value; answers the parameter that stands for it. */
type Place = (value: unknown, type: string) => string;

const sqlOf = (filter: SegmentFilter, place: Place): string => {
  if ('all' in filter) return joined(filter.all, ' and ', 'true', place);
  if ('any' in filter) return joined(filter.any, ' or ', 'false', place);
  if ('not' in filter) return `not ${sqlOf(filter.not, place)}`;
  return `coalesce(${'attribute' in filter ? attributeSql(filter, place) : fieldSql(filter, place)}, false)`;
};

const joined = (filters: readonly SegmentFilter[], by: string, empty: string, place: Place): string =>
  filters.length === 0 ? empty : `(${filters.map((filter) => sqlOf(filter, place)).join(by)})`;

const TIME_COLUMNS = { createdAt: 's.created_at', confirmedAt: 's.confirmed_at' } as const;
const TIME_SIGNS = { before: '<', after: '>', withinDays: '>=', olderThanDays: '<' } as const;

const fieldSql = (condition: Exclude<SegmentCondition, AttributeCondition>, place: Place): string => {
  switch (condition.op) {
    case 'hasAny':
      return `s.tags && ${place(condition.values, 'text[]')}`;
    case 'hasAll':
      return `s.tags @> ${place(condition.values, 'text[]')}`;
    case 'hasNone':
      return `not s.tags && ${place(condition.values, 'text[]')}`;
    case 'in':
      return oneOf(condition.field, condition.values, place);
    case 'notIn':
      return `not coalesce(${oneOf(condition.field, condition.values, place)}, false)`;
    case 'exists':
      return 's.phone is not null';
    case 'missing':
      return 's.phone is null';
    case 'before':
    case 'after':
      return `${TIME_COLUMNS[condition.field]} ${TIME_SIGNS[condition.op]} ${place(condition.value, 'timestamptz')}`;
    case 'withinDays':
    case 'olderThanDays':
      return `${TIME_COLUMNS[condition.field]} ${TIME_SIGNS[condition.op]} statement_timestamp()
        - ${place(condition.value, 'int')} * interval '1 day'`;
  }
};

const oneOf = (field: SegmentTextField, values: readonly string[], place: Place): string => {
  switch (field) {
    case 'language':
      return `exists (select 1 from unnest(${place(lower(values), 'text[]')}) wanted
                where lower(s.language) = wanted or starts_with(lower(s.language), wanted || '-'))`;
    case 'zone':
      return `s.zone = any (${place(values, 'text[]')})`;
    case 'emailDomain':
      return `split_part(s.email, '@', -1) = any (${place(lower(values), 'text[]')})`;
  }
};

const lower = (values: readonly string[]): string[] => values.map((value) => value.toLowerCase());

const attributeSql = (condition: AttributeCondition, place: Place): string => {
  const { attribute, op } = condition;
  switch (op) {
    case 'equals':
      return `s.attributes @> ${place(JSON.stringify({ [attribute]: condition.value }), 'jsonb')}`;
    case 'notEquals':
      return `not s.attributes @> ${place(JSON.stringify({ [attribute]: condition.value }), 'jsonb')}`;
    case 'in':
    case 'notIn': {
      const found = `s.attributes -> ${place(attribute, 'text')}
        in (select jsonb_array_elements(${place(JSON.stringify(condition.values), 'jsonb')}))`;
      return op === 'in' ? found : `not coalesce(${found}, false)`;
    }
    case 'atLeast':
    case 'atMost': {
      const value = `s.attributes -> ${place(attribute, 'text')}`;
      return `case when jsonb_typeof(${value}) = 'number'
        then (${value})::numeric ${op === 'atLeast' ? '>=' : '<='} ${place(condition.value, 'numeric')} end`;
    }
    case 'exists':
      return `s.attributes ? ${place(attribute, 'text')}`;
    case 'missing':
      return `not s.attributes ? ${place(attribute, 'text')}`;
  }
};
