import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { Draws } from '../../domain/draws.js';
import { DrawBook } from './draw-book.js';
import { Roster } from './roster.js';
import { workloadOf } from './workload.js';

type Change = Parameters<typeof tinyTrace>[0];
const postsOf = (seed: number, change: Change) => {
  const trace = tinyTrace(change);
  return workloadOf(trace, new Roster(trace), new DrawBook(new Draws(seed)));
};

describe('draws of a trace', () => {
  it('count each kind for each key from 0', () => {
    const uniform = (key: string) => {
      const bits = BigInt(`0x${createHash('sha256').update(key).digest('hex')}`) >> BigInt(256 - 53);
      return Number(bits) / 2 ** 53;
    };
    const book = new DrawBook(new Draws(42));
    const of = { platform: 'tiktok', account: 3, post: 7 };
    expect([book.uniform('upload', of), book.uniform('delay', of), book.uniform('upload', of)]).toEqual([
      uniform('42|upload|tiktok|3|7|0'),
      uniform('42|delay|tiktok|3|7|0'),
      uniform('42|upload|tiktok|3|7|1'),
    ]);
  });
});

describe('accounts', () => {
  it('are in workspace i mod W; regions are dealt in order and the last takes the rest', () => {
    const roster = new Roster(
      tinyTrace((t) => {
        Object.assign(t, { accounts: { tiktok: 7 }, workspaces: 3, regions: { us: 0.6, eu: 0.3, asia: 0.1 } });
        Object.assign(t.workload, { targetsPerPost: { tiktok: 1 } });
      }),
    );
    expect(roster.all.map(({ workspace }) => workspace)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(roster.all.map(({ region }) => region)).toEqual(['us', 'us', 'us', 'us', 'eu', 'eu', 'asia']);
  });
});

describe('the workload', () => {
  const busy: Change = (t) => {
    Object.assign(t, { accounts: { tiktok: 10, reels: 10 }, workspaces: 5, durationMinutes: 600 });
    Object.assign(t.workload, { postsPerHour: 10, onTheHourShare: 0.65, targetsPerPost: { tiktok: 0.5, reels: 0.25 } });
  };

  it('puts the rounded share of each hour on the full hour and the rest within it', () => {
    const posts = postsOf(1, busy);
    expect(posts).toHaveLength(100);
    for (let hour = 0; hour < 10; hour += 1) {
      const within = posts.filter(({ atMs }) => Math.floor(atMs / 3_600_000) === hour);
      expect(within.filter(({ atMs }) => atMs % 3_600_000 === 0)).toHaveLength(7);
      expect(within).toHaveLength(10);
    }
  });

  it('means the full hour of the clock, also where the trace begins within one', () => {
    const posts = postsOf(1, (t) => Object.assign(t, { start: '2026-01-25T06:45:00Z' }));
    expect(posts.map(({ atMs }) => atMs / 60_000)).toEqual([15, 75]);
  });

  it('gives each post accounts of its own workspace, and at least the most frequent platform', () => {
    const posts = postsOf(1, busy);
    expect(posts.every(({ workspace, origins }) => origins.every((account) => account.workspace === workspace))).toBe(
      true,
    );
    expect(posts.every(({ origins }) => origins.length > 0)).toBe(true);
    const alone = posts.filter(({ origins }) => origins.length === 1 && origins[0]?.platform === 'tiktok');
    expect(alone.length).toBeGreaterThan(30);
  });

  it('is the same for the same seed and another for another', () => {
    expect(postsOf(5, busy)).toEqual(postsOf(5, busy));
    expect(postsOf(6, busy)).not.toEqual(postsOf(5, busy));
  });

  it('ends with the trace', () => {
    expect(postsOf(1, (t) => Object.assign(t, { durationMinutes: 60 }))).toHaveLength(1);
  });
});
