import { describe, expect, it } from '@jest/globals';
import { filtersOf } from './people-filters.ts';

describe('filtersOf', () => {
  it('reads what the API knows', () => {
    expect(filtersOf(new URLSearchParams('status=confirmed&tag=fans&segment=s1&page=2'))).toEqual({
      status: 'confirmed',
      tag: 'fans',
      segmentId: 's1',
    });
  });

  it('leaves out empty filters and a status nobody has', () => {
    expect(filtersOf(new URLSearchParams('status=asleep&tag='))).toEqual({});
  });
});
