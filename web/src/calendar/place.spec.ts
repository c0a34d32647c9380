import { describe, expect, it } from '@jest/globals';
import { readPlace, spanOf, stepped, writePlace } from './place.ts';

const TODAY = { view: 'month', date: '2026-11-22' } as const;
const read = (address: string) => readPlace(new URLSearchParams(address), TODAY);

describe('the place of the calendar', () => {
  it('is kept in the address and read from it', () => {
    const address = 'view=week&date=2026-12-24&zone=browser&account=a&account=b&state=failed';
    expect(read(address)).toEqual({
      view: 'week',
      date: '2026-12-24',
      zone: 'browser',
      account: ['a', 'b'],
      platform: [],
      queue: [],
      state: ['failed'],
    });
    expect(writePlace(read(address)).toString()).toBe(address);
  });

  it('is today where the address says something odd', () => {
    expect(read('view=year&date=2026-02-31')).toMatchObject(TODAY);
    expect(read('date=tomorrow')).toMatchObject(TODAY);
  });

  it('spans whole weeks around a month, with room for every zone', () => {
    expect(spanOf({ view: 'month', date: '2026-11-22' })).toEqual({
      from: '2026-10-25T10:00:00.000Z',
      to: '2026-12-07T12:00:00.000Z',
    });
    expect(spanOf({ view: 'week', date: '2026-11-22' })).toEqual({
      from: '2026-11-15T10:00:00.000Z',
      to: '2026-11-23T12:00:00.000Z',
    });
  });

  it('steps by months and weeks', () => {
    expect(stepped({ view: 'month', date: '2026-12-31' }, 1).date).toBe('2027-01-01');
    expect(stepped({ view: 'month', date: '2026-03-31' }, -1).date).toBe('2026-02-01');
    expect(stepped({ view: 'agenda', date: '2026-12-31' }, 1).date).toBe('2027-01-07');
  });
});
