import { describe, expect, it } from '@jest/globals';
import { dayMs, rowsOf, shadesOf } from './chart-rows.ts';

const series = (key: string, ...points: { day: string; views: number; gained?: number }[]) => ({
  key,
  label: key,
  targets: 1,
  samples: 1,
  points: points.map((point) => ({ samples: 1, suspectSamples: 0, ...point })),
});

const span = (from: string, to?: string) => ({
  platform: 'tiktok' as const,
  region: 'us',
  because: 'incident' as const,
  from,
  ...(to === undefined ? {} : { to }),
  reason: 'It was down.',
});

describe('rowsOf', () => {
  it('has every day in between, and leaves a gap where nothing could be trusted', () => {
    const rows = rowsOf(
      [series('a', { day: '2026-01-01', views: 5, gained: 5 }, { day: '2026-01-03', views: 9 })],
      'gained',
    );
    expect(rows).toEqual([
      { atMs: dayMs('2026-01-01'), a: 5 },
      { atMs: dayMs('2026-01-02') },
      { atMs: dayMs('2026-01-03') },
    ]);
  });

  it('puts series side by side on the same days', () => {
    const rows = rowsOf(
      [series('a', { day: '2026-01-01', views: 5 }), series('b', { day: '2026-01-02', views: 7 })],
      'views',
    );
    expect(rows.map(({ a, b }) => [a, b])).toEqual([
      [5, undefined],
      [undefined, 7],
    ]);
  });

  it('is empty without points', () => {
    expect(rowsOf([], 'views')).toEqual([]);
  });
});

describe('shadesOf', () => {
  const rows = rowsOf([series('a', { day: '2026-01-01', views: 1 }, { day: '2026-01-05', views: 2 })], 'views');

  it('cuts a span to the days of the chart', () => {
    const [shade] = shadesOf([span('2025-12-30T00:00:00Z', '2026-01-02T00:00:00Z')], rows);
    expect(shade).toMatchObject({ fromMs: dayMs('2026-01-01'), toMs: dayMs('2026-01-02') });
  });

  it('shows a short span wide enough to be seen, and one that lasts up to the end', () => {
    const [short, open] = shadesOf(
      [span('2026-01-02T00:00:00Z', '2026-01-02T00:05:00Z'), span('2026-01-04T00:00:00Z')],
      rows,
    );
    expect(short!.toMs - short!.fromMs).toBe(6 * 3_600_000);
    expect(open!.toMs).toBe(dayMs('2026-01-05'));
  });

  it('leaves out what lies outside', () => {
    expect(shadesOf([span('2025-12-01T00:00:00Z', '2025-12-02T00:00:00Z')], rows)).toEqual([]);
  });
});
