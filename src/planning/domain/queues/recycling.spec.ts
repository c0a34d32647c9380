import { describe, expect, it } from '@jest/globals';
import { layered, merged, recyclingFindings, recyclingOf } from './recycling.js';

const faults = (raw: Record<string, unknown>) => recyclingFindings(raw).map(({ violation }) => violation.field);

describe('recycling settings', () => {
  it('take what the API documents', () => {
    const full = {
      gap: 2,
      gapFreq: 'week',
      cooldownDays: { shorts: 90, reels: 0 },
      startDate: '2027-01-01',
      expireDate: '2027-12-31',
      expireCount: 10,
      priority: -3,
      weight: 0.5,
      seasons: [{ from: '11-15', until: '01-06' }],
    };
    expect(faults(full)).toEqual([]);
    expect(faults({ cooldownDays: 30 })).toEqual([]);
  });

  it('name every field that cannot be', () => {
    expect(faults({ gap: 0, gapFreq: 'year', cooldownDays: { myspace: 3, tiktok: -1 } })).toEqual([
      'recycling.gapFreq',
      'recycling.gap',
      'recycling.cooldownDays.myspace',
      'recycling.cooldownDays.tiktok',
    ]);
    expect(faults({ gapFreq: 'day' })).toEqual(['recycling.gap']);
    expect(faults({ startDate: '2027-02-30', expireDate: 'soon' })).toEqual([
      'recycling.startDate',
      'recycling.expireDate',
    ]);
    expect(faults({ startDate: '2027-02-02', expireDate: '2027-02-01' })).toEqual(['recycling.expireDate']);
    expect(faults({ seasons: [{ from: '02-30', until: '03-01' }], weight: 0, pause: true })).toEqual([
      'recycling.pause',
      'recycling.weight',
      'recycling.seasons.0.from',
    ]);
    expect(faults({ seasons: 'winter' })).toEqual(['recycling.seasons']);
  });

  it('lays a post over its categories, the first in the alphabet before the others, and keeps a gap with its unit', () => {
    const categories = [
      { gap: 1, gapFreq: 'month' as const },
      { gap: 5, expireCount: 3 },
    ];
    expect(layered({}, categories)).toEqual({ gap: 1, gapFreq: 'month', expireCount: 3 });
    expect(layered({ gap: 9 }, categories)).toEqual({ gap: 9, gapFreq: 'day', expireCount: 3 });
  });

  it('leaves out what was stored before settings were checked', () => {
    expect(layered({ gap: 'often', priority: 2, contentVariations: [] }, [])).toEqual({ priority: 2 });
  });

  it('clears by null, and reads one cooldown for all platforms', () => {
    expect(merged({ gap: 2, priority: 1 }, { gap: null, weight: 2 })).toEqual({ priority: 1, weight: 2 });
    expect(recyclingOf({ gap: 3, cooldownDays: 14 }, 2)).toMatchObject({
      gap: { count: 3, unit: 'day' },
      cooldownDays: { tiktok: 14, telegram: 14 },
      variations: 2,
    });
  });
});
