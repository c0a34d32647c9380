import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import { isAttributeName } from './attributes.js';
import {
  type AttributeCondition,
  MAX_SEGMENT_DEPTH,
  MAX_SEGMENT_PARTS,
  SEGMENT_TEXT_FIELDS,
  SEGMENT_TIME_FIELDS,
  type SegmentCondition,
  type SegmentFilter,
} from './segment.js';
import * as check from './segment-checks.js';

/**
 * Reads a filter that someone sent. Every fault is named at once, by its path such as `filter.all.1.values`.
 * @throws DomainError `segment.bad_filter`
 */
export const readSegment = (given: unknown): SegmentFilter => {
  const reader = new Reader();
  const filter = reader.read(given, 'filter', 1);
  if (reader.faults.length === 0 && filter) return filter;
  const [first] = reader.faults;
  throw new DomainError('invalid', 'segment.bad_filter', first?.message ?? '', {}, reader.faults);
};

const JOINS = ['all', 'any', 'not'];

class Reader implements check.Faults {
  readonly faults: Violation[] = [];
  private parts = 0;

  add(field: string, rule: string, message: string): undefined {
    this.faults.push({ field, rule, message: `${field} ${message}` });
    return undefined;
  }

  read(given: unknown, path: string, depth: number): SegmentFilter | undefined {
    this.parts += 1;
    if (this.parts > MAX_SEGMENT_PARTS) return this.tooMany(path);
    if (depth > MAX_SEGMENT_DEPTH) return this.add(path, 'depth', `lies deeper than ${MAX_SEGMENT_DEPTH} joins`);
    if (!check.isRecord(given)) return this.add(path, 'object', 'must be a condition, or one of all, any and not');
    const [join] = JOINS.filter((name) => name in given);
    if (join === undefined) return this.condition(given, path);
    check.onlyFields(given, [join], { path, faults: this });
    return this.join(join, given[join], { path: `${path}.${join}`, depth });
  }

  private tooMany(path: string): undefined {
    if (this.faults.some(({ rule }) => rule === 'parts')) return undefined;
    return this.add(path, 'parts', `is one condition too many: a filter has at most ${MAX_SEGMENT_PARTS} parts`);
  }

  private join(
    join: string,
    given: unknown,
    { path, depth }: { readonly path: string; readonly depth: number },
  ): SegmentFilter | undefined {
    if (join === 'not') {
      const not = this.read(given, path, depth + 1);
      return not && { not };
    }
    if (!Array.isArray(given)) return this.add(path, 'array', 'must be a list of conditions');
    const filters = given.slice(0, MAX_SEGMENT_PARTS + 1).flatMap((one, index) => {
      const read = this.read(one, `${path}.${index}`, depth + 1);
      return read ? [read] : [];
    });
    return join === 'all' ? { all: filters } : { any: filters };
  }

  private condition(given: Record<string, unknown>, path: string): SegmentCondition | undefined {
    const at = { path, faults: this };
    if ('attribute' in given) return this.attribute(given, path);
    switch (given.field) {
      case 'tags':
        return check.withTexts(given, ['hasAny', 'hasAll', 'hasNone'] as const, at) as SegmentCondition | undefined;
      case 'phone':
        return check.bare(given, ['exists', 'missing'] as const, at) as SegmentCondition | undefined;
      default:
        if (check.isOneOf(given.field, SEGMENT_TEXT_FIELDS))
          return check.withTexts(given, ['in', 'notIn'] as const, at) as SegmentCondition | undefined;
        if (check.isOneOf(given.field, SEGMENT_TIME_FIELDS))
          return check.withTime(given, at) as SegmentCondition | undefined;
        return this.add(
          `${path}.field`,
          'in',
          `must be tags, phone, ${[...SEGMENT_TEXT_FIELDS, ...SEGMENT_TIME_FIELDS].join(', ')}; attributes are named by "attribute"`,
        );
    }
  }

  private attribute(given: Record<string, unknown>, path: string): AttributeCondition | undefined {
    const at = { path, faults: this };
    if (typeof given.attribute !== 'string' || !isAttributeName(given.attribute))
      return this.add(
        `${path}.attribute`,
        'name',
        'must be the name of an attribute: letters, digits and _, at most 50',
      );
    return check.attributeCondition(given, at) as AttributeCondition | undefined;
  }
}
