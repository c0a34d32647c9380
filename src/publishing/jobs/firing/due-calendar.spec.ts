import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { DueCalendar } from './due-calendar.js';

const armed = (id: string, dueMs: number): ArmedTarget =>
  ({ target: { id, dueAt: new Date(dueMs), scheduledAt: new Date(0) }, armed: {} }) as unknown as ArmedTarget;

describe('DueCalendar', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  const calendarOf = () => {
    const fired: { readonly ids: readonly string[]; readonly atMs: number }[] = [];
    const calendar = new DueCalendar(Date.now, (due) =>
      fired.push({ ids: due.map(({ target }) => target.id), atMs: Date.now() }),
    );
    return { calendar, fired };
  };

  it('fires each instant’s targets together, right after the last microsecond of its millisecond', () => {
    const { calendar, fired } = calendarOf();
    calendar.add([armed('late', 50), armed('one', 20), armed('other', 20)]);
    jest.advanceTimersByTime(100);
    expect(fired).toEqual([
      { ids: ['one', 'other'], atMs: 21 },
      { ids: ['late'], atMs: 51 },
    ]);
  });

  it('takes an earlier target in while it waits for a later one', () => {
    const { calendar, fired } = calendarOf();
    calendar.add([armed('later', 500)]);
    calendar.add([armed('sooner', 10)]);
    jest.advanceTimersByTime(100);
    expect(fired.flatMap(({ ids }) => ids)).toEqual(['sooner']);
  });

  it('keeps the order of very many instants given in any order, and fires a very large one whole', () => {
    const { calendar, fired } = calendarOf();
    const instants = Array.from({ length: 2_000 }, (_, n) => (n * 7_919) % 2_003);
    calendar.add(instants.map((ms) => armed(String(ms), ms)));
    calendar.add(Array.from({ length: 150_000 }, (_, n) => armed(`burst ${n}`, 5_000)));
    jest.advanceTimersByTime(10_000);
    const order = fired.slice(0, -1).flatMap(({ ids }) => ids.map(Number));
    expect(order).toEqual([...instants].sort((a, b) => a - b));
    expect(fired.at(-1)?.ids).toHaveLength(150_000);
  });

  it('is not late for long when the clock stood behind while it planned', () => {
    let behindMs = 90_000;
    const fired: number[] = [];
    const calendar = new DueCalendar(
      () => Date.now() - behindMs,
      () => fired.push(Date.now()),
    );
    calendar.add([armed('one', 20)]);
    behindMs = 0;
    jest.advanceTimersByTime(5_000);
    expect(fired).toEqual([1_000]);
  });

  it('gives everything back when it is drained, and fires none of it', () => {
    const { calendar, fired } = calendarOf();
    calendar.add([armed('one', 20), armed('two', 30)]);
    expect(calendar.drain()).toHaveLength(2);
    jest.advanceTimersByTime(100);
    expect([fired, calendar.size]).toEqual([[], 0]);
  });
});
