import { describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { play } from '../run/play.js';
import type { PolicyName } from '../run/policy.js';
import { Stage } from '../run/stage.js';
import { scoreOf } from '../scores/score.js';
import { policiesWith } from './policies.js';

type Change = Parameters<typeof tinyTrace>[0];
const played = (policy: PolicyName, change: Change): Stage => {
  const stage = new Stage(tinyTrace(change), 1);
  play(stage, policiesWith()[policy](stage));
  return stage;
};
const upload =
  (rates: object, toMinute = 59): Change =>
  (t) =>
    t.platforms.tiktok.phases.push({ fromMinute: 0, toMinute, upload: rates });
const secondsOf = (stage: Stage) => stage.record.calls.map(({ atMs }) => atMs / 1_000).filter((at) => at < 3_600);

describe('postiz', () => {
  it('sends a 500 again three times, five seconds apart, then gives up', () => {
    const stage = played('postiz', upload({ errorRate: 1 }));
    expect(secondsOf(stage)).toEqual([0, 6, 12, 18]);
    expect(stage.record.givenUp.size).toBe(1);
  });

  it('repeats a timeout five times at once, and makes doubles where the first had worked', () => {
    const stage = played('postiz', upload({ acceptedLostRate: 1 }));
    expect(secondsOf(stage)).toEqual([0, 30, 60, 90, 120, 150]);
    expect(scoreOf(stage)).toMatchObject({ duplicates: 5, falseFailed: 1 });
  });

  it('calls an error what is not live after half an hour', () => {
    const late: Change = (t) =>
      t.platforms.tiktok.phases.push({
        fromMinute: 0,
        toMinute: 1,
        process: { stallRate: 1, delaySeconds: { p50: 2_000, p95: 2_000 } },
      });
    expect(scoreOf(played('postiz', late))).toMatchObject({ falseFailed: 1, reachedShare: 1, reroutes: 0 });
  });
});

describe('shoutrrr', () => {
  it('tries five times after 1, 2, 4 and 8 minutes', () => {
    expect(secondsOf(played('shoutrrr', upload({ errorRate: 1 })))).toEqual([0, 61, 182, 423, 904]);
  });
});

describe('gatus', () => {
  it('trips after three failed read probes and clears after two good ones, then our router', () => {
    const stage = played('gatus', (t) =>
      t.platforms.tiktok.phases.push({
        fromMinute: 50,
        toMinute: 70,
        read: { errorRate: 1 },
        upload: { errorRate: 1 },
      }),
    );
    const states = stage.record.states.map(({ state, atMs }) => [state, Math.floor(atMs / 60_000)]);
    expect(states).toEqual([
      ['down', 52],
      ['healthy', 71],
    ]);
    expect(scoreOf(stage)).toMatchObject({ reroutes: 1, reachedShare: 1, onTimeShare: 1 });
  });
});

describe('breaker', () => {
  it('opens for thirty seconds at half of ten calls in ten seconds', () => {
    const stage = played('breaker', (t) => {
      Object.assign(t.workload, { postsPerHour: 12 });
      t.platforms.tiktok.phases.push({ fromMinute: 0, toMinute: 10, upload: { errorRate: 1 } });
    });
    const [first, second] = stage.record.states;
    expect(first).toMatchObject({ platform: 'tiktok', state: 'down' });
    expect(second).toMatchObject({ state: 'healthy', atMs: first!.atMs + 30_000 });
  });

  it('stays shut below ten calls', () => {
    expect(played('breaker', upload({ errorRate: 1 })).record.states).toEqual([]);
  });
});

describe('oracle', () => {
  it('knows an outage and an account fault at once, both ways', () => {
    const stage = played('oracle', (t) => {
      t.platforms.tiktok.phases.push({ fromMinute: 0, toMinute: 60, upload: { errorRate: 1 } });
      t.platforms.tiktok.truth.push({ fromMinute: 0, toMinute: 60, capability: 'publish', state: 'down' });
      t.accountFaults.push({ platform: 'tiktok', workspace: 0, fromMinute: 60, toMinute: 70, kind: 'banned' });
      t.accountFaults.push({ platform: 'tiktok', workspace: 1, fromMinute: 60, toMinute: 70, kind: 'token_expired' });
    });
    expect(stage.record.calls.every(({ account }) => account.platform === 'reels')).toBe(true);
    expect(scoreOf(stage)).toMatchObject({ onTimeShare: 1, reroutes: 2, needlessReroutes: 0 });
  });
});

describe('perennial', () => {
  it('sends nothing twice where answers get lost, and finds what landed', () => {
    const stage = played('perennial', upload({ acceptedLostRate: 1 }));
    const score = scoreOf(stage);
    expect(score).toMatchObject({ duplicates: 0, falseFailed: 0, lost: 0, reachedShare: 1, unconfirmedAtEnd: 0 });
  });

  it('goes elsewhere when its account cannot publish', () => {
    const stage = played('perennial', (t) => {
      for (const workspace of [0, 1])
        t.accountFaults.push({ platform: 'tiktok', workspace, fromMinute: 0, toMinute: 120, kind: 'token_expired' });
    });
    expect(scoreOf(stage)).toMatchObject({ onTimeShare: 1, reroutes: 2, falseAlarms: 0, falseDegraded: 0 });
  });
});
