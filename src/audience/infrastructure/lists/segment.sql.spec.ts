import { describe, expect, it } from '@jest/globals';
import { EVERYONE, type SegmentFilter } from '../../domain/lists/segment.js';
import { segmentWhere } from './segment.sql.js';

describe('segmentWhere', () => {
  it('is true for everyone and false for an empty choice', () => {
    expect(segmentWhere(EVERYONE, 1)).toEqual({ sql: 'true', params: [] });
    expect(segmentWhere({ any: [] }, 1)).toEqual({ sql: 'false', params: [] });
  });

  it('numbers its parameters from where it is told and puts no value into the text', () => {
    const evil = `x' or true --`;
    const filter: SegmentFilter = {
      all: [
        { field: 'tags', op: 'hasAny', values: [evil] },
        { not: { attribute: 'city', op: 'equals', value: evil } },
        { attribute: 'city', op: 'in', values: [evil] },
        { field: 'emailDomain', op: 'notIn', values: [evil] },
      ],
    };
    const { sql, params } = segmentWhere(filter, 4);
    expect(sql).not.toContain('or true');
    expect([...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number))).toEqual([4, 5, 6, 7, 8]);
    expect(params).toEqual([[evil], JSON.stringify({ city: evil }), 'city', JSON.stringify([evil]), [evil]]);
  });
});
