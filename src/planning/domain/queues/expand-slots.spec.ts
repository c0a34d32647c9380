import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { instantOf, placesOf, plainAt } from '../../../../test/mothers/plan-oracle.js';
import { aQueue, dailySlots, spanOf } from '../../../../test/mothers/queue.mother.js';
import { expandSlots } from './expand-slots.js';

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
];
const name = ({ slotId, localDate, at }: { slotId: string; localDate: string; at: number }) =>
  `${slotId} ${localDate} ${at}`;
const expanded = (zone: string, times: readonly string[], span = spanOf('2026-01-01', 365)) =>
  expandSlots(aQueue({ zone, slots: dailySlots(times) }), span);

describe('expandSlots', () => {
  it('finds over any span and zone the places that Temporal finds, in order of time', () => {
    const time = fc
      .integer({ min: 0, max: 287 })
      .map((five) => `${String(Math.floor(five / 12)).padStart(2, '0')}:${String((five % 12) * 5).padStart(2, '0')}`);
    const start = fc.integer({ min: Date.UTC(2005, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 });
    const times = fc.uniqueArray(time, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        times,
        start,
        fc.integer({ min: 1, max: 40 }),
        (zone, all, minute, days) => {
          const from = new Date(minute * 60_000);
          const span = { from, until: new Date(from.getTime() + days * 86_400_000) };
          const queue = aQueue({ zone, slots: dailySlots(all) });
          const places = expandSlots(queue, span);
          expect(places.map(({ slot, ...rest }) => name({ slotId: slot.id, ...rest })).toSorted()).toEqual(
            placesOf(queue, span).map(name).toSorted(),
          );
          expect(places.every(({ at }, index) => at >= (places[index - 1]?.at ?? 0))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the hour of every slot through a year of clock changes, but for the gap itself', () => {
    for (const zone of ZONES) {
      const moved = expanded(zone, ['01:30', '09:00']).filter(({ at, slot }) => {
        const plain = plainAt(at, zone);
        return plain.toPlainTime().toString({ smallestUnit: 'minute' }) !== slot.time;
      });
      expect(moved.length).toBeLessThanOrEqual(1);
      expect(moved.every(({ found }) => found === 'gap')).toBe(true);
    }
  });

  it('gives a slot in the gap the first instant after, and one in the overlap the first of its two', () => {
    const inParis = expanded('Europe/Paris', ['02:30']);
    const iso = (date: string) => new Date(inParis.find(({ localDate }) => localDate === date)?.at ?? 0).toISOString();
    expect(iso('2026-03-29')).toBe('2026-03-29T01:00:00.000Z');
    expect(iso('2026-10-25')).toBe('2026-10-25T00:30:00.000Z');
    expect(inParis).toHaveLength(365);
  });

  it('lets the slot whose own time it is keep an instant that others are moved onto', () => {
    const places = expanded('Europe/Paris', ['02:15', '02:45', '03:00'], spanOf('2026-03-29', 1));
    expect(places.map(({ slot, yieldsTo }) => [slot.time, yieldsTo?.time])).toEqual([
      ['02:15', '03:00'],
      ['02:45', '03:00'],
      ['03:00', undefined],
    ]);
    const two = expanded('Europe/Paris', ['02:15', '02:45'], spanOf('2026-03-29', 1));
    expect(two.map(({ slot, yieldsTo }) => [slot.time, yieldsTo?.time])).toEqual([
      ['02:15', undefined],
      ['02:45', '02:15'],
    ]);
  });

  it('moves a day that a zone skips to the midnight after', () => {
    const span = { from: new Date('2011-12-29T00:00:00Z'), until: new Date('2012-01-02T00:00:00Z') };
    const skipped = expanded('Pacific/Apia', ['12:00'], span).find(({ localDate }) => localDate === '2011-12-30');
    expect(skipped).toMatchObject({ found: 'gap', at: Date.parse('2011-12-30T10:00:00Z') });
    expect(skipped?.at).toBe(instantOf(plainAt(Date.UTC(2011, 11, 30, 10), 'Pacific/Apia'), 'Pacific/Apia'));
  });
});
