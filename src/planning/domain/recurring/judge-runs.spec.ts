import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { fc } from '../../../../test/support/properties.js';
import { anItem, REELS, SKYLIGHT, TIKTOK } from '../../../../test/mothers/queue.mother.js';
import type { EvergreenItem, QueueAccount } from '../queues/queue.js';
import { isHeldBack, judgeRuns } from './judge-runs.js';
import { occurrencesOf } from './occurrences.js';
import { parseRule } from './parse-rule.js';

type Wish = Parameters<typeof anItem>[1];

const free = { cooldownDays: {} };
const item = (recycling: object = {}, rest: Wish = {}): EvergreenItem =>
  anItem('post', { ...rest, recycling: { ...free, ...recycling } });

const rule = (text: string) => {
  const parsed = parseRule(text).rule;
  if (!parsed) throw new Error(text);
  return parsed;
};
const occurrences = (text: string, zone = 'UTC', days = 14) => {
  const from = new Date('2026-03-01T00:00:00Z');
  const recurrence = { rule: rule(text), start: Date.UTC(2026, 2, 1, 12), zone, exdates: [], rdates: [] };
  return occurrencesOf(recurrence, [], { from, until: new Date(from.getTime() + days * 86_400_000) });
};
const judged = (of: EvergreenItem, text = 'FREQ=DAILY', accounts: readonly QueueAccount[] = [SKYLIGHT]) =>
  judgeRuns(occurrences(text), { item: of, accounts, zone: 'UTC' });
const daysOf = (runs: ReturnType<typeof judgeRuns>, accountId = SKYLIGHT.id) =>
  runs.filter(({ accountIds }) => accountIds.includes(accountId)).map(({ occurrence }) => occurrence.at.getUTCDate());
const march = (day: number, time = '12:00') => new Date(`2026-03-${String(day).padStart(2, '0')}T${time}:00Z`);
const ranOn = (at: Date, live = at, accountId = SKYLIGHT.id): Wish => ({
  past: { count: 1, lastAt: at, lastOn: new Map([[accountId, live]]) },
});

describe('runs of a post that recurs', () => {
  it('are all that the rule says, where nobody asked for a rest', () => {
    const runs = judged(item(), 'FREQ=DAILY', [SKYLIGHT, TIKTOK]);
    expect(isHeldBack(item())).toBe(false);
    expect(runs).toHaveLength(14);
    expect(runs.every((run) => run.accountIds.length === 2 && run.variation === 0 && run.why === undefined)).toBe(true);
  });

  it('take the wordings in turn, also around runs that a queue has planned', () => {
    const turns = (of: EvergreenItem) => judged(of).map(({ variation }) => variation);
    expect(turns(item({ variations: 3 })).slice(0, 5)).toEqual([0, 1, 2, 0, 1]);
    const before = { ...ranOn(new Date('2026-02-20T12:00:00Z'))?.past, lastVariation: 1 };
    expect(turns(item({ variations: 3 }, { past: before })).slice(0, 3)).toEqual([2, 0, 1]);
    const queued = [{ at: march(3, '18:00'), variation: 0, accountIds: [TIKTOK.id] }];
    // The queue's 0 goes out between the third and the fourth.
    expect(turns(item({ variations: 3 }, { runs: queued })).slice(0, 5)).toEqual([1, 2, 1, 1, 2]);
  });

  it('leave out the account on which the post rests, and say until when', () => {
    const runs = judged(item({ cooldownDays: { skylight: 3 } }), 'FREQ=DAILY', [SKYLIGHT, REELS]);
    expect(daysOf(runs)).toEqual([1, 4, 7, 10, 13]);
    expect(daysOf(runs, REELS.id)).toHaveLength(14);
    expect(runs[1]?.why).toBe('Left out where the post rests: Skylight until 2026-03-04 (3 days).');
    const [, second] = judged(item({ cooldownDays: { skylight: 3 } }));
    expect(second).toMatchObject({ accountIds: [], why: 'The post rests on Skylight until 2026-03-04 (3 days).' });
  });

  it('rest at least as long as the platform asks, once anybody asked for a rest', () => {
    expect(daysOf(judged(item({ cooldownDays: { tiktok: 1 } }), 'FREQ=DAILY', [TIKTOK]), TIKTOK.id)).toEqual([1, 8]);
  });

  it('keep their weekly day when one went out late or minutes apart', () => {
    const of = item(
      { cooldownDays: { skylight: 7 }, gap: { count: 1, unit: 'week' } },
      ranOn(march(1), march(2, '09:00')),
    );
    const runs = judgeRuns(occurrences('FREQ=WEEKLY;BYDAY=SU').slice(1), {
      item: of,
      accounts: [SKYLIGHT],
      zone: 'UTC',
    });
    expect(daysOf(runs)).toEqual([8]);
  });

  it('keep the gap before and behind runs that are planned already', () => {
    const planned = [{ at: march(7, '08:00'), variation: 0, accountIds: [TIKTOK.id] }];
    const runs = judged(item({ gap: { count: 4, unit: 'day' } }, { runs: planned }));
    expect(daysOf(runs)).toEqual([1, 11]);
    expect(runs[4]?.why).toBe('The post runs on 2026-03-07 already, which is nearer than its gap.');
    expect(runs[1]?.why).toContain('rests until 2026-03-05 (gap)');
  });

  it('end after as many as the post may have, whoever planned them; what was lost does not count', () => {
    const runs = judged(
      item({ expireCount: 5 }, { past: { count: 2 }, runs: [{ at: march(20), variation: 0, accountIds: [] }] }),
    );
    expect(daysOf(runs)).toEqual([1, 2]);
    expect(runs.at(-1)?.why).toContain('has had its 5 runs');
  });

  it('lie between the post’s first and last day and in its seasons', () => {
    const of = item(
      { startDate: '2026-03-03', expireDate: '2026-03-10' },
      {
        seasons: [
          { from: '03-01', until: '03-05' },
          { from: '03-09', until: '12-31' },
        ],
      },
    );
    const runs = judged(of);
    expect(daysOf(runs)).toEqual([3, 4, 5, 9, 10]);
    const said = [1, 6, 13].map((day) => runs[day - 1]?.why);
    expect(said).toEqual([
      'The post begins on 2026-03-03 (startDate).',
      'The post does not run in this part of the year (seasons).',
      'The post ended on 2026-03-10 (expireDate).',
    ]);
  });
});

describe('runs of a post that recurs, for any rest, wordings and zone', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe');
  const rules = fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=DAILY;BYHOUR=2,14',
    'FREQ=WEEKLY;BYDAY=MO,WE,SA',
    'FREQ=HOURLY;INTERVAL=9',
  );
  const wishes = fc.record({
    days: fc.nat({ max: 9 }),
    gap: fc.option(fc.integer({ min: 1, max: 5 })),
    variations: fc.integer({ min: 1, max: 4 }),
    cap: fc.option(fc.integer({ min: 1, max: 12 })),
  });

  it('no two are nearer than asked, no wording stands twice running, and each that is left out would break a rest', () => {
    fc.assert(
      fc.property(zones, rules, wishes, (zone, text, { days, gap, variations, cap }) => {
        const recycling = {
          ...(days > 0 ? { cooldownDays: { skylight: days } } : free),
          ...(gap === null ? {} : { gap: { count: gap, unit: 'day' as const } }),
          ...(cap === null ? {} : { expireCount: cap }),
          variations,
        };
        const runs = judgeRuns(occurrences(text, zone, 40), { item: item(recycling), accounts: [SKYLIGHT], zone });
        const least = Math.max(days, gap ?? 0);
        const dayOf = (at: Date) =>
          Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
        const apartOf = (one: Date, other: Date) => dayOf(one).until(dayOf(other), { largestUnit: 'days' }).days;
        const went = runs.filter(({ accountIds }) => accountIds.length > 0);
        expect(went.length).toBeLessThanOrEqual(cap ?? Infinity);
        went.slice(1).forEach((run, index) => {
          const before = went[index];
          if (!before) return;
          expect(apartOf(before.occurrence.at, run.occurrence.at)).toBeGreaterThanOrEqual(least);
          if (variations > 1) expect(run.variation).not.toBe(before.variation);
        });
        for (const { occurrence, accountIds } of runs) {
          if (accountIds.length > 0) continue;
          const earlier = went.filter(({ occurrence: { at } }) => at < occurrence.at);
          const last = earlier.at(-1)?.occurrence.at;
          const apart = last ? apartOf(last, occurrence.at) : Infinity;
          expect(apart < least || earlier.length === cap).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
