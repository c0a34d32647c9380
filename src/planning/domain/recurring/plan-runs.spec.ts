import { describe, expect, it } from '@jest/globals';
import { parseWallTime } from '../wall-time.js';
import { occurrencesOf } from './occurrences.js';
import { parseRule } from './parse-rule.js';
import { misfits, runOf, runsToPlan } from './plan-runs.js';
import { fingerprintOf } from './planned-run.js';
import type { OccurrenceChange } from './recurrence.js';
import type { RecurrenceWish } from './recurrences.port.js';

const wall = (text: string) => parseWallTime(text) ?? NaN;
const wishOf = (text: string, more: Partial<RecurrenceWish> = {}): RecurrenceWish => {
  const { rule } = parseRule(text);
  if (!rule) throw new Error(text);
  const recurrence = { rule, start: wall('2026-01-01T09:00'), zone: 'UTC', exdates: [], rdates: [] };
  return { recurrence, targets: [{ accountId: 'a' }], isPaused: false, ...more };
};
const daily = wishOf('FREQ=DAILY');
const week = { from: new Date('2026-06-01T09:00:01Z'), until: new Date('2026-06-08T09:00:00Z') };
const change = (localTime: string, more: Partial<OccurrenceChange>): OccurrenceChange => ({
  localTime: wall(localTime),
  isSkipped: false,
  isLocked: false,
  ...more,
});
const planned = (wish: RecurrenceWish, changes: readonly OccurrenceChange[] = []) =>
  occurrencesOf(wish.recurrence, changes, week).map((one) => runOf('r', one, wish.targets, `o${one.localTime}`));
const days = (runs: readonly { readonly localTime: number }[]) =>
  runs.map(({ localTime }) => new Date(localTime).getUTCDate());

describe('runsToPlan', () => {
  it('plans what the span has and nothing before it, although the rule is older', () => {
    const { runs, plannedUntil } = runsToPlan({ wish: daily, changes: [] }, new Set(), week, 100);
    expect(days(runs.map(({ occurrence }) => occurrence))).toEqual([2, 3, 4, 5, 6, 7]);
    expect(plannedUntil).toEqual(week.until);
  });

  it('leaves what is planned, and says how far it came when there is more than it may plan', () => {
    const known = new Set([wall('2026-06-02T09:00'), wall('2026-06-04T09:00')]);
    const { runs, plannedUntil } = runsToPlan({ wish: daily, changes: [] }, known, week, 2);
    expect(days(runs.map(({ occurrence }) => occurrence))).toEqual([3, 5]);
    expect(plannedUntil).toEqual(new Date('2026-06-06T09:00:00Z'));
  });

  it('keeps a run fresh until the next one, so that a downtime is not followed by all of them', () => {
    const { runs } = runsToPlan({ wish: daily, changes: [] }, new Set(), week, 100);
    expect(runs.map(({ freshUntil }) => freshUntil?.getUTCDate())).toEqual([3, 4, 5, 6, 7, 8]);
    const close = wishOf('FREQ=DAILY;BYHOUR=9;BYMINUTE=0,1', { targets: [{ accountId: 'a', spreadSeconds: 60 }] });
    const [first] = runsToPlan({ wish: close, changes: [] }, new Set(), week, 100).runs.slice(1);
    expect(first?.freshUntil).toEqual(new Date('2026-06-02T09:11:00Z'));
    const rare = runsToPlan(
      { wish: wishOf('FREQ=WEEKLY;COUNT=1'), changes: [] },
      new Set(),
      { ...week, from: new Date(0) },
      9,
    );
    expect(rare.runs.map(({ freshUntil }) => freshUntil)).toEqual([undefined]);
  });
});

describe('misfits', () => {
  it('are the runs that a changed rule has no more, or would publish otherwise', () => {
    const runs = planned(daily);
    expect(misfits({ wish: daily, changes: [] }, runs)).toEqual([]);
    expect(days(misfits({ wish: wishOf('FREQ=DAILY;INTERVAL=2'), changes: [] }, runs))).toEqual([3, 5, 7]);
    expect(misfits({ wish: { ...daily, targets: [{ accountId: 'b' }] }, changes: [] }, runs)).toHaveLength(6);
    expect(misfits({ wish: { ...daily, isPaused: true }, changes: [] }, runs)).toHaveLength(6);
  });

  it('are never runs that a person moved, edited or locked, but for the one he changes now', () => {
    const changes = [
      change('2026-06-03T09:00', { movedTo: wall('2026-06-20T10:00') }),
      change('2026-06-05T09:00', { words: { caption: 'x' } }),
      change('2026-06-07T09:00', { isLocked: true }),
    ];
    const runs = planned(daily);
    const wish = wishOf('FREQ=DAILY;INTERVAL=2', { targets: [{ accountId: 'b' }] });
    expect(days(misfits({ wish, changes }, runs))).toEqual([2, 4, 6]);
    expect(days(misfits({ wish: daily, changes }, runs, wall('2026-06-03T09:00')))).toEqual([3]);
  });

  it('are skipped runs', () => {
    const changes = [change('2026-06-03T09:00', { isSkipped: true })];
    expect(days(misfits({ wish: daily, changes }, planned(daily)))).toEqual([3]);
  });
});

describe('fingerprintOf', () => {
  const [one] = occurrencesOf(daily.recurrence, [], week);
  const print = (options: Record<string, unknown>) =>
    one && fingerprintOf(one, [{ accountId: 'a', caption: 'x', options }]);

  it('does not depend on the order of keys, which the database changes', () => {
    expect(print({ a: 1, b: { c: 2, d: 3 } })).toBe(print({ b: { d: 3, c: 2 }, a: 1 }));
    expect(print({ a: 1 })).not.toBe(print({ a: 2 }));
  });
});
