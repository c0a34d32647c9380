import { describe, expect, it } from '@jest/globals';
import type { IsoDay } from './queue.js';
import { queueFindings, type QueueRequest, wishOf } from './queue-request.js';

const faults = (request: Partial<QueueRequest>) =>
  queueFindings(wishOf({ name: 'Evenings', ...request }, 'Europe/Paris')).map(
    ({ code, violation }) => `${code} at ${violation.field}`,
  );
const slot = (dayOfWeek: IsoDay, time: string, categories: string[] = []) => ({ dayOfWeek, time, categories });

describe('queueFindings', () => {
  it('finds nothing in a plain queue, and takes the zone of the workspace', () => {
    const request = { slots: [slot(1, '00:00'), slot(7, '23:59')], seasons: [{ from: '12-01', until: '02-29' }] };
    expect(faults(request)).toEqual([]);
    expect(wishOf({ name: ' Evenings ' }, 'Asia/Tokyo')).toMatchObject({ name: 'Evenings', zone: 'Asia/Tokyo' });
  });

  it('names times that do not exist, and zones that nobody knows', () => {
    expect(faults({ slots: [slot(1, '24:00'), slot(2, '7:30'), slot(3, '12:60')] })).toEqual([
      'queue.bad_time at slots.0.time',
      'queue.bad_time at slots.1.time',
      'queue.bad_time at slots.2.time',
    ]);
    expect(faults({ timezone: 'Europe/Atlantis' })).toEqual(['queue.unknown_zone at timezone']);
    expect(faults({ timezone: '+01:00' })).toEqual(['queue.unknown_zone at timezone']);
  });

  it('refuses equal slots, and slots closer than the least gap, around the end of the week too', () => {
    expect(faults({ slots: [slot(1, '10:00'), slot(1, '10:00', ['tea'])] })).toEqual(['queue.slot_twice at slots.1']);
    const close = { slots: [slot(1, '00:10'), slot(7, '23:50'), slot(3, '12:00')] };
    expect(faults({ ...close, minGapSeconds: 1_800 })).toEqual(['queue.slots_overlap at slots.0']);
    expect(faults({ ...close, minGapSeconds: 1_200 })).toEqual([]);
  });

  it('names days that do not exist and spans that end before they begin', () => {
    expect(
      faults({
        blackouts: [
          { from: '2027-02-29', until: '2027-03-01' },
          { from: '2027-03-02', until: '2027-03-01' },
        ],
        seasons: [{ from: '02-30', until: '03-01' }],
      }),
    ).toEqual([
      'queue.bad_date at blackouts.0.from',
      'queue.range_reversed at blackouts.1.until',
      'queue.bad_date at seasons.0.from',
    ]);
  });

  it('names accounts and categories that are listed twice', () => {
    expect(faults({ accountIds: ['a', 'b', 'a'], slots: [slot(1, '10:00', ['tea', 'tea'])] })).toEqual([
      'queue.category_twice at slots.0.categories.1',
      'queue.account_twice at accountIds.2',
    ]);
  });
});
