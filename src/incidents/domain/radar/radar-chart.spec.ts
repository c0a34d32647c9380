import { describe, expect, it } from '@jest/globals';
import { type ChartedSeries, radarChart } from './radar-chart.js';

const NOON = Date.parse('2026-01-25T12:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(NOON + hours * HOUR);
const point = (hours: number, value: number | null, coveredSeconds = 3_600) => ({
  at: at(hours),
  value,
  coveredSeconds,
});
const series = (more: Partial<ChartedSeries>): ChartedSeries => ({
  ...{ title: 'UpScrolled, us', kind: 'app_rank', depth: 100, from: at(0), to: at(4), levels: [], points: [] },
  ...more,
});
const dots = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="3" stroke="#1f5fbf" fill="(#\w+)"/g)].map(
    ([, x, y, fill]) => ({ x: Number(x), y: Number(y), isHollow: fill === '#fff' }),
  );
const bars = (svg: string) =>
  [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill="(#\w+)"/g)].map(
    ([, height, fill]) => ({ height: Number(height), fill }),
  );

describe('the chart of a radar watch', () => {
  it('puts the first place on top and an app outside the chart hollow at the bottom, in the order of time', () => {
    const drawn = dots(radarChart(series({ points: [point(1, 40), point(2, 1), point(3, null)] })));
    expect(drawn.map(({ isHollow }) => isHollow)).toEqual([false, false, true]);
    const [forty, first, outside] = drawn.map(({ y }) => y);
    expect(first).toBeLessThan(forty ?? 0);
    expect(outside).toBeGreaterThan(forty ?? 0);
    expect(drawn.map(({ x }) => x)).toEqual(drawn.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  it('draws the same factor as the same distance', () => {
    const drawn = dots(radarChart(series({ points: [point(0, 40), point(1, 20), point(2, 4), point(3, 2)] })));
    const [a = 0, b = 0, c = 0, d = 0] = drawn.map(({ y }) => y);
    expect(a - b).toBeCloseTo(c - d, 0);
  });

  it('draws mentions as bars, pale where little of the hour was heard', () => {
    const drawn = bars(
      radarChart(series({ kind: 'mentions', points: [point(0, 10), point(1, 40), point(2, 20, 600)] })),
    );
    expect(drawn.map(({ height }) => height)).toEqual([42, 168, 84]);
    expect(new Set(drawn.map(({ fill }) => fill)).size).toBe(2);
  });

  it('marks what is usual and where an alert begins', () => {
    const svg = radarChart(series({ kind: 'mentions', levels: [{ name: 'alert from', value: 31.6 }] }));
    expect(svg).toContain('alert from 32');
    expect(svg).toContain('stroke-dasharray');
  });

  it('says so when nothing was seen, and lets no words out of their place', () => {
    const svg = radarChart(series({ title: '</title><script>alert(1)</script> & "more"' }));
    expect(svg).toContain('Nothing was seen in this span yet.');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&amp;');
  });
});
