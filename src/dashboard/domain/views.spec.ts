import { describe, expect, it } from '@jest/globals';
import { seriesOf, type ViewsRow } from './views.js';

const row = (day: string | null, gained: number | null, rest: Partial<ViewsRow> = {}): ViewsRow => ({
  ...{ key: 'a', label: 'A', day, gained, samples: gained === null ? 0 : 1, suspectSamples: 0, targets: 2 },
  ...rest,
});

describe('a series of views', () => {
  it('lays each day upon what was known before the span', () => {
    const [series] = seriesOf([row(null, 100), row('2026-03-01', 20), row('2026-03-03', 5)]);
    expect(series).toMatchObject({ key: 'a', label: 'A', targets: 2, samples: 2 });
    expect(series?.points.map(({ day, views }) => [day, views])).toEqual([
      ['2026-03-01', 120],
      ['2026-03-03', 125],
    ]);
  });

  it('invents nothing for a day whose reads could not be trusted', () => {
    const [series] = seriesOf([row('2026-03-01', 20), row('2026-03-02', null, { suspectSamples: 3 })]);
    expect(series?.points[1]).toEqual({
      ...{ day: '2026-03-02', views: 20, gained: null, samples: 0, suspectSamples: 3 },
    });
  });

  it('tells views that the platform took back', () => {
    expect(seriesOf([row('2026-03-01', 20), row('2026-03-02', -4)])[0]?.points[1]).toMatchObject({ views: 16 });
  });
});
