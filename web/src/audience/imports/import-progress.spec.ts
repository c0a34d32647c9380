import { describe, expect, it } from '@jest/globals';
import { isUnderWay, rowsIn, settledIn } from './import-progress.ts';

const rows = { ready: 5, confirmed: 3, pending: 2, exists: 1, duplicate: 1, suppressed: 1, limited: 0, bad: 2 };

describe('progress of an import', () => {
  it('counts every row, and those whose fate is settled', () => {
    expect([rowsIn({ rows }), settledIn({ rows })]).toEqual([15, 10]);
  });

  it('is under way while rows are received, queued or stored', () => {
    expect(
      (['waiting', 'receiving', 'checked', 'queued', 'running', 'done', 'cancelled'] as const).filter(isUnderWay),
    ).toEqual(['receiving', 'queued', 'running']);
  });
});
