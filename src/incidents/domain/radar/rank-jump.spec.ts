import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { RadarAlert, RadarPoint } from './radar-watch.js';
import { judgeRank } from './rank-jump.js';

const NOW = new Date('2026-01-26T12:00:00Z');
/** One look every half hour, the last one now. */
const series = (values: readonly (number | null)[]): RadarPoint[] =>
  values.map((value, n) => ({ at: plusMs(NOW, -(values.length - 1 - n) * 30 * MINUTE_MS), value, coveredSeconds: 0 }));
const judge = (values: readonly (number | null)[], open?: RadarAlert) =>
  judgeRank({ app: 'UpScrolled', country: 'us', depth: 100, points: series(values) }, open);
const steady = (rank: number | null, times = 12) => Array.from({ length: times }, () => rank);

describe('an app in its chart', () => {
  it('has jumped up when its place halves, and by more than it strays', () => {
    expect(judge([...steady(40), 12])).toEqual({
      kind: 'alarm',
      alarm: {
        summary: 'UpScrolled rose from rank 40 to 12 in the App Store of us.',
        value: 12,
        baseline: 40,
        threshold: 20,
      },
    });
  });

  it('has jumped down when its place doubles', () => {
    expect(judge([...steady(3), 41])).toMatchObject({
      alarm: { summary: 'UpScrolled fell from rank 3 to 41 in the App Store of us.' },
    });
  });

  it('enters and leaves the chart like one behind the last place', () => {
    expect(judge([...steady(null), 9])).toMatchObject({
      alarm: { baseline: 101, summary: 'UpScrolled rose from rank below 100 to 9 in the App Store of us.' },
    });
    expect(judge([...steady(9), null])).toMatchObject({ alarm: { value: 101 } });
    expect(judge(steady(null, 13))).toEqual({ kind: 'calm' });
  });

  it.each([
    ['a few places at the top', [...steady(2), 5]],
    ['less than half of its place', [...steady(40), 25]],
    ['the straying it always shows', [...[10, 60, 15, 80, 12, 70, 20, 50, 90, 11, 65, 30], 8]],
  ])('has not jumped by %s', (_, values) => {
    expect(judge(values)).toEqual({ kind: 'calm' });
  });

  it('is not judged before it has been seen six times in three hours', () => {
    expect(judge([...steady(40, 5), 1])).toEqual({ kind: 'none' });
    expect(judge([])).toEqual({ kind: 'none' });
  });

  describe('with an alert that stands', () => {
    const open = (openedAt: Date): RadarAlert => ({
      id: 'a',
      watchId: 'w',
      openedAt,
      value: 10,
      baseline: 40,
      threshold: 20,
      summary: 's',
    });
    it('keeps it while it is nearer to where it jumped than to where it was', () => {
      expect(judge([...steady(40), 12], open(plusMs(NOW, -HOUR_MS)))).toEqual({ kind: 'uneasy' });
      expect(judge([...steady(40), 21], open(plusMs(NOW, -HOUR_MS)))).toEqual({ kind: 'calm' });
    });
    it('ends it after two days: the new place is no news any more', () => {
      expect(judge([...steady(40), 12], open(plusMs(NOW, -2 * DAY_MS)))).toEqual({ kind: 'calm' });
    });
  });
});
