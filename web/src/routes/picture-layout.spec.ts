import { describe, expect, it } from '@jest/globals';
import { BOX, layOut } from './picture-layout.ts';

describe('layOut', () => {
  const flows = [
    { fromId: 'a', toId: 'x', count: 8, reasons: [] },
    { fromId: 'a', toId: 'y', count: 2, reasons: [] },
    { fromId: 'b', count: 1, reasons: [] },
  ];

  it('has every account once per side, with what leaves or arrives, and "nowhere" last', () => {
    const { left, right } = layOut(flows);
    expect(left.map(({ id, count }) => [id, count])).toEqual([
      ['a', 10],
      ['b', 1],
    ]);
    expect(right.map(({ id, count }) => [id, count])).toEqual([
      ['x', 8],
      ['y', 2],
      ['', 1],
    ]);
  });

  it('draws no box over another, and none outside of the picture', () => {
    const { left, right, height } = layOut(flows);
    for (const column of [left, right]) {
      const tops = column.map(({ y }) => y);
      for (const [index, y] of tops.entries()) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + BOX.height).toBeLessThanOrEqual(height);
        if (index > 0) expect(y - tops[index - 1]!).toBeGreaterThan(BOX.height);
      }
    }
  });

  it('makes bands as thick as their share of the fullest', () => {
    const [full, thin, nowhere] = layOut(flows).bands;
    expect(full!.width).toBe(4 * thin!.width);
    expect(nowhere).toMatchObject({ isNowhere: true, isIdle: false });
  });
});
