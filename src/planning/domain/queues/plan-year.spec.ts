import { beforeAll, describe, expect, it } from '@jest/globals';
import { aQueue, dailySlots, items, REELS, SKYLIGHT, spanOf, TIKTOK } from '../../../../test/mothers/queue.mother.js';
import { liveThrough, type Outage, type QueueYear } from '../../../../test/mothers/queue-year.mother.js';

const DAY_MS = 86_400_000;
const POSTS = 120;
const SLOTS_A_WEEK = 21;
const COOLDOWN_DAYS = 30;
/** All posts once. */
const LAP_DAYS = (POSTS / SLOTS_A_WEEK) * 7;

const outage = (from: string, until: string, ...accounts: readonly { readonly id: string }[]): Outage => ({
  from: new Date(from),
  until: new Date(until),
  accountIds: accounts.map(({ id }) => id),
});
const OUTAGES = [
  outage('2026-01-25T09:00:00Z', '2026-01-29T18:00:00Z', TIKTOK),
  outage('2026-05-11T14:00:00Z', '2026-05-12T23:00:00Z', TIKTOK, REELS, SKYLIGHT),
  outage('2026-09-02T00:00:00Z', '2026-09-08T12:00:00Z', REELS, SKYLIGHT),
];
const queue = aQueue({
  zone: 'America/New_York',
  accounts: [TIKTOK, REELS, SKYLIGHT],
  slots: dailySlots(['08:30', '12:15', '19:45']),
});
const posts = items(POSTS, {
  recycling: {
    cooldownDays: { tiktok: COOLDOWN_DAYS, reels: COOLDOWN_DAYS, skylight: COOLDOWN_DAYS },
    variations: 3,
  },
});

describe('a year of one queue with three outages', () => {
  let year: QueueYear;
  const liveRuns = (postId: string) => year.fired.filter((run) => run.postId === postId && run.liveOn.length > 0);

  beforeAll(() => {
    year = liveThrough(queue, posts, { span: spanOf('2026-01-01', 365), horizonDays: 30, outages: OUTAGES });
  });

  it('fills at least 99 % of the slots, and at least 99 % go live somewhere', () => {
    const places = year.fired.length + year.emptyCount;
    expect(places).toBe(365 * 3);
    expect(year.fired.length / places).toBeGreaterThanOrEqual(0.99);
    const live = year.fired.filter(({ liveOn }) => liveOn.length > 0);
    expect(live.length / places).toBeGreaterThanOrEqual(0.99);
    expect(live.length).toBeLessThan(year.fired.length);
  });

  it('keeps the cadence of every post: each lap once, none left behind by an outage', () => {
    for (const { postId } of posts) {
      const runs = liveRuns(postId);
      expect(runs.length).toBeGreaterThanOrEqual(Math.floor(365 / LAP_DAYS));
      expect(runs.length).toBeLessThanOrEqual(Math.ceil(365 / LAP_DAYS));
      for (const [index, run] of runs.entries()) {
        const before = runs[index - 1];
        if (before) expect((run.at.getTime() - before.at.getTime()) / DAY_MS).toBeLessThanOrEqual(LAP_DAYS + 3);
      }
    }
  });

  it('keeps the cooldown of every account and never shows the same wording twice running', () => {
    for (const { postId } of posts)
      for (const account of queue.accounts) {
        const runs = liveRuns(postId).filter(({ liveOn }) => liveOn.includes(account.id));
        for (const [index, run] of runs.entries()) {
          const before = runs[index - 1];
          // An hour less where clocks went forward in between.
          if (before)
            expect(run.at.getTime() - before.at.getTime()).toBeGreaterThan(COOLDOWN_DAYS * DAY_MS - 3_600_001);
        }
        const all = liveRuns(postId).map(({ variation }) => variation);
        expect(all.every((variation, index) => variation !== all[index - 1])).toBe(true);
      }
  });

  it('gives what an outage took everywhere its turn back within days of the end', () => {
    const lost = year.fired.filter(({ liveOn }) => liveOn.length === 0);
    expect(lost.length).toBeGreaterThan(0);
    for (const { postId, at } of lost) {
      const next = liveRuns(postId).find((run) => run.at > at);
      expect(next && (next.at.getTime() - at.getTime()) / DAY_MS).toBeLessThan(4);
    }
  });
});
