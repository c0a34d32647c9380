import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { FairSchedule, type Turn } from './fair-schedule.js';

const turn = (workspace: number, account: number, at: number, id: number): Turn => ({
  id: String(id).padStart(6, '0'),
  workspaceId: `w${workspace}`,
  accountId: `w${workspace}-a${account}`,
  platform: account % 2 === 0 ? 'tiktok' : 'reels',
  scheduledAtMs: at,
});

const turns = fc
  .array(fc.tuple(fc.nat(3), fc.nat(4), fc.nat(5)), { maxLength: 120 })
  .map((list) => list.map(([workspace, account, at], id) => turn(workspace, account, at, id)));
const limits = fc.record({
  concurrency: fc.integer({ min: 1, max: 12 }),
  perPlatformPerSecond: fc.constantFrom(0, 1, 5),
});

interface Start {
  readonly turn: Turn;
  readonly atMs: number;
}

/** Runs everything: each call takes its number of ticks of 100 ms. */
const drive = (schedule: FairSchedule<Turn>, waiting: readonly Turn[], ticksOf: (turn: Turn) => number): Start[] => {
  const starts: Start[] = [];
  let running: { turn: Turn; endsAt: number }[] = [];
  for (const one of waiting) schedule.add(one);
  for (let tick = 0; starts.length < waiting.length || running.length > 0; tick += 1) {
    if (tick > 100_000) throw new Error('Somebody starves.');
    for (const { turn: over } of running.filter(({ endsAt }) => endsAt <= tick)) schedule.end(over, 'asked');
    running = running.filter(({ endsAt }) => endsAt > tick);
    for (let next = schedule.next(tick * 100); next; next = schedule.next(tick * 100)) {
      starts.push({ turn: next, atMs: tick * 100 });
      running.push({ turn: next, endsAt: tick + ticksOf(next) });
    }
  }
  return starts;
};

describe('FairSchedule', () => {
  it('runs everything once, never above the limits, one per account and in its order', () => {
    fc.assert(
      fc.property(turns, limits, fc.func(fc.integer({ min: 1, max: 5 })), (waiting, limit, ticksOf) => {
        const schedule = new FairSchedule<Turn>(limit);
        const running = new Set<string>();
        const watched = Object.assign(Object.create(schedule) as FairSchedule<Turn>, {
          next: (nowMs: number) => {
            const next = schedule.next(nowMs);
            if (next && running.has(next.accountId)) throw new Error('Two calls of one account at once.');
            if (next) running.add(next.accountId);
            if (running.size > limit.concurrency) throw new Error('Too many calls at once.');
            return next;
          },
          add: (one: Turn) => schedule.add(one),
          end: (one: Turn) => void (running.delete(one.accountId), schedule.end(one, 'asked')),
        });
        const starts = drive(watched, waiting, ticksOf);
        expect(new Set(starts.map((start) => start.turn.id)).size).toBe(waiting.length);
        for (const own of Map.groupBy(starts, (start) => start.turn.accountId).values()) {
          const order = own.map((start) => `${start.turn.scheduledAtMs}|${start.turn.id}`);
          expect(order).toEqual([...order].sort());
        }
        expect(schedule).toMatchObject({ waiting: 0, running: 0 });
      }),
    );
  });

  it('begins no more per platform and second than twice its pace, and no more over time than its pace', () => {
    fc.assert(
      fc.property(turns, fc.constantFrom(1, 3), (waiting, perPlatformPerSecond) => {
        const starts = drive(new FairSchedule<Turn>({ concurrency: 50, perPlatformPerSecond }), waiting, () => 1);
        for (const own of Map.groupBy(starts, (start) => start.turn.platform).values())
          own.forEach(({ atMs }, position) =>
            expect(position + 1).toBeLessThanOrEqual(perPlatformPerSecond * (1 + atMs / 1_000)),
          );
      }),
    );
  });

  it('begins the first call of another workspace at once, whatever one has waiting', () => {
    const schedule = new FairSchedule<Turn>({ concurrency: 32, perPlatformPerSecond: 0 });
    for (let id = 0; id < 50_000; id += 1) schedule.add(turn(1, id, 0, id));
    while (schedule.next(0));
    expect(schedule.running).toBe(24);
    schedule.add(turn(2, 0, 9, 50_000));
    expect(schedule.next(0)?.workspaceId).toBe('w2');
  });

  it('serves a newcomer within one round: nobody else begins a second call on its platform before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), (concurrency, crowd) => {
        const schedule = new FairSchedule<Turn>({ concurrency, perPlatformPerSecond: 0 });
        for (let id = 0; id < 1_000; id += 1) schedule.add(turn(id % crowd, 2 * id, 0, id));
        const running: Turn[] = [];
        const begin = () => {
          const begun: Turn[] = [];
          for (let next = schedule.next(0); next; next = schedule.next(0)) begun.push(next);
          running.push(...begun);
          return begun.map(({ workspaceId }) => workspaceId);
        };
        begin();
        schedule.add(turn(99, 0, 1, 9_999));
        const before = begin();
        for (let over = running.shift(); over && !before.includes('w99'); over = running.shift()) {
          schedule.end(over, 'asked');
          before.push(...begin());
        }
        const until = before.slice(0, before.indexOf('w99'));
        expect(before).toContain('w99');
        expect(new Set(until).size).toBe(until.length);
      }),
      { numRuns: 40 },
    );
  });

  it('gives two busy workspaces the same number of starts', () => {
    const schedule = new FairSchedule<Turn>({ concurrency: 2, perPlatformPerSecond: 0 });
    for (let id = 0; id < 400; id += 1) schedule.add(turn(id < 300 ? 1 : 2, id, 0, id));
    const first: string[] = [];
    for (let step = 0; step < 50; step += 1) {
      const begun: Turn[] = [];
      for (let next = schedule.next(0); next; next = schedule.next(0)) begun.push(next);
      first.push(...begun.map((one) => one.workspaceId));
      for (const one of begun) schedule.end(one, 'asked');
    }
    const ones = first.filter((workspace) => workspace === 'w1').length;
    expect(Math.abs(2 * ones - first.length)).toBeLessThanOrEqual(1);
  });

  it('tells how long a platform’s pace makes the next call wait', () => {
    const schedule = new FairSchedule<Turn>({ concurrency: 9, perPlatformPerSecond: 2 });
    for (let id = 0; id < 4; id += 1) schedule.add(turn(1, 2 * id, 0, id));
    expect(schedule.waitMs(0)).toBeUndefined();
    expect([schedule.next(0), schedule.next(0), schedule.next(0)].filter(Boolean)).toHaveLength(2);
    expect(schedule.waitMs(0)).toBe(500);
    expect(schedule.next(499)).toBeUndefined();
    expect(schedule.next(500)).toBeDefined();
  });
});
