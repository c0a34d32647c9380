import { describe, expect, it } from '@jest/globals';
import { paced, shifted } from './shift.js';

const at = (time: string, zone: string, days: number, minutes = 0) => {
  const { at: instant, found } = shifted(time, zone, { days, minutes });
  return [instant.toISOString(), found];
};

describe('shifted', () => {
  it('keeps the time of day over a change of clocks', () => {
    expect(at('2026-03-28T18:30:00', 'Europe/Paris', 1)).toEqual(['2026-03-29T16:30:00.000Z', 'exact']);
    expect(at('2026-10-26T18:30:00', 'Europe/Paris', -2)).toEqual(['2026-10-24T16:30:00.000Z', 'exact']);
  });

  it('moves a time that clocks skip to the first minute after', () => {
    expect(at('2026-03-28T02:30:00', 'Europe/Paris', 1)).toEqual(['2026-03-29T01:00:00.000Z', 'gap']);
  });

  it('takes the first of a time that clocks show twice', () => {
    expect(at('2026-10-24T02:30:00', 'Europe/Paris', 1)).toEqual(['2026-10-25T00:30:00.000Z', 'overlap']);
  });

  it('adds minutes on the wall', () => {
    expect(at('2026-12-01T23:50:00', 'America/New_York', 0, 20)).toEqual(['2026-12-02T05:10:00.000Z', 'exact']);
  });
});

describe('paced', () => {
  it('spreads each place on its own', () => {
    const start = new Date('2026-12-01T10:00:00Z');
    const things = ['a1', 'b1', 'a2', 'a3', 'b2'];
    const times = paced(things, { placeOf: (thing) => thing.charAt(0), start, everyMs: 60_000 });
    expect(times.map(({ thing, at: time }) => [thing, time.toISOString().slice(14, 16)])).toEqual([
      ...[
        ['a1', '00'],
        ['b1', '00'],
        ['a2', '01'],
        ['a3', '02'],
        ['b2', '01'],
      ],
    ]);
  });
});
