import { describe, expect, it } from '@jest/globals';
import { attributeValue, newCondition, toFilter, toFilterDraft } from './filter-draft.ts';

describe('toFilter', () => {
  it('writes the grammar of segments', () => {
    const draft = {
      join: 'any' as const,
      conditions: [
        { ...newCondition('tags'), values: ['fans'] },
        { ...newCondition('createdAt'), op: 'after', value: '2026-01-25' },
        { ...newCondition('confirmedAt'), value: '30' },
        { ...newCondition('attribute'), attribute: 'vip', value: 'true' },
        newCondition('phone'),
      ],
    };
    expect(toFilter(draft)).toEqual({
      any: [
        { field: 'tags', op: 'hasAny', values: ['fans'] },
        { field: 'createdAt', op: 'after', value: '2026-01-25T00:00:00Z' },
        { field: 'confirmedAt', op: 'withinDays', value: 30 },
        { attribute: 'vip', op: 'equals', value: true },
        { field: 'phone', op: 'exists' },
      ],
    });
  });

  it('leaves out what is not finished', () => {
    expect(toFilter({ join: 'all', conditions: [newCondition('tags'), newCondition('attribute')] })).toEqual({
      all: [],
    });
  });
});

describe('toFilterDraft', () => {
  it.each([
    [{ all: [] }],
    [
      {
        any: [
          { field: 'language', op: 'notIn', values: ['pt'] },
          { field: 'phone', op: 'missing' },
        ],
      },
    ],
    [
      {
        all: [
          { attribute: 'age', op: 'atLeast', value: 18 },
          { attribute: 'city', op: 'in', values: ['Lyon', 7] },
        ],
      },
    ],
    [{ all: [{ field: 'createdAt', op: 'before', value: '2026-01-25T00:00:00Z' }] }],
  ])('reads what it wrote: %j', (filter) => {
    const draft = toFilterDraft(filter);
    expect(draft && toFilter(draft)).toEqual(filter);
  });

  it.each([
    ['joins inside joins', { all: [{ any: [] }] }],
    ['what is negated', { not: { field: 'phone', op: 'exists' } }],
    ['an hour of a day', { all: [{ field: 'createdAt', op: 'after', value: '2026-01-25T10:30:00Z' }] }],
    ['no filter', null],
  ])('leaves %s to be edited as text', (_, filter) => {
    expect(toFilterDraft(filter)).toBeUndefined();
  });
});

describe('attributeValue', () => {
  it('gives texts the type that they read as', () => {
    expect(['true', '18', ' 1.5 ', 'Lyon', ''].map(attributeValue)).toEqual([true, 18, 1.5, 'Lyon', '']);
  });
});
