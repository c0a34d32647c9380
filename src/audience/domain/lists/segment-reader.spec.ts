import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../kernel/domain-error.js';
import { MAX_SEGMENT_DEPTH, MAX_SEGMENT_PARTS } from './segment.js';
import { readSegment } from './segment-reader.js';

const faultsOf = (given: unknown): string[] => {
  try {
    readSegment(given);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'segment.bad_filter') throw error;
    return error.violations.map(({ field }) => field);
  }
};

const nested = (depth: number): unknown =>
  depth === 1 ? { field: 'phone', op: 'exists' } : { not: nested(depth - 1) };

describe('readSegment', () => {
  it.each([
    [{ all: [] }],
    [{ field: 'tags', op: 'hasAny', values: ['fans', 'press'] }],
    [{ field: 'language', op: 'notIn', values: ['pt'] }],
    [{ field: 'phone', op: 'missing' }],
    [{ field: 'createdAt', op: 'after', value: '2026-01-25T10:00:00Z' }],
    [{ field: 'createdAt', op: 'before', value: '2024-02-29T23:30:00.5+14:00' }],
    [{ field: 'confirmedAt', op: 'withinDays', value: 30 }],
    [{ attribute: 'city', op: 'in', values: ['Lyon', 7, true] }],
    [{ attribute: 'age', op: 'atLeast', value: 18 }],
    [{ any: [{ attribute: 'vip', op: 'equals', value: true }, { not: { attribute: 'city', op: 'exists' } }] }],
  ])('reads %j as it is', (filter) => {
    expect(readSegment(filter)).toEqual(filter);
  });

  it.each([
    ['what is no object', null, ['filter']],
    ['a list', [], ['filter']],
    ['a field nobody has', { field: 'password', op: 'exists' }, ['filter.field']],
    ['a field of another condition', { field: 'phone', op: 'exists', value: 1 }, ['filter.value']],
    ['an operator of another field', { field: 'tags', op: 'in', values: ['a'] }, ['filter.op']],
    ['an empty list', { field: 'tags', op: 'hasAny', values: [] }, ['filter.values']],
    ['a value that is no text', { field: 'zone', op: 'in', values: [{}] }, ['filter.values']],
    ['a time that is none', { field: 'createdAt', op: 'before', value: 'yesterday' }, ['filter.value']],
    ['a day that no calendar has', { field: 'createdAt', op: 'before', value: '2026-02-31T10:00Z' }, ['filter.value']],
    ['a year before the first', { field: 'createdAt', op: 'before', value: '0000-01-01T10:00Z' }, ['filter.value']],
    ['a zone of no clock', { field: 'createdAt', op: 'after', value: '2026-01-25T10:00+23:59' }, ['filter.value']],
    ['half a day', { field: 'createdAt', op: 'olderThanDays', value: 0.5 }, ['filter.value']],
    ['a name that opens objects', { attribute: '__proto__', op: 'exists' }, ['filter.attribute']],
    ['a name with quotes', { attribute: `a' or 1=1`, op: 'exists' }, ['filter.attribute']],
    ['a comparison of texts', { attribute: 'age', op: 'atLeast', value: '18' }, ['filter.value']],
    ['two joins at once', { all: [], any: [] }, ['filter.any']],
    ['every fault at once', { all: [{ field: 'x' }, { not: 7 }] }, ['filter.all.0.field', 'filter.all.1.not']],
  ])('refuses %s and names its place', (_, given, fields) => {
    expect(faultsOf(given)).toEqual(fields);
  });

  it('bounds depth and size', () => {
    expect(faultsOf(nested(MAX_SEGMENT_DEPTH))).toEqual([]);
    expect(faultsOf(nested(MAX_SEGMENT_DEPTH + 1))).toHaveLength(1);
    const many = (count: number) => ({ any: Array.from({ length: count }, () => ({ field: 'phone', op: 'exists' })) });
    expect(faultsOf(many(MAX_SEGMENT_PARTS - 1))).toEqual([]);
    expect(faultsOf(many(100_000))).toHaveLength(1);
  });
});
