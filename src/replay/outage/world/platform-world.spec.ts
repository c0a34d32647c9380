import { describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { Stage } from '../run/stage.js';

const MINUTE = 60_000;
type Change = Parameters<typeof tinyTrace>[0];

const stageOf = (change: Change = undefined) => new Stage(tinyTrace(change), 1);
const upload =
  (rates: object): Change =>
  (t) =>
    t.platforms.tiktok.phases.push({ fromMinute: 0, toMinute: 120, upload: rates });
const onTiktok = (stage: Stage) => ({ account: stage.roster.get('tiktok/0'), root: stage.roster.get('tiktok/0') });
const publish = (stage: Stage, nowMs = 0, post = 0) =>
  stage.world.publish({ ...onTiktok(stage), post, handle: `h${post}` }, nowMs);

describe('one publish try', () => {
  it('is accepted after its latency and live after its delay', () => {
    const stage = stageOf();
    expect(publish(stage)).toEqual({ kind: 'processing', atMs: 1_000 });
    expect(stage.world.copies).toMatchObject([{ acceptedMs: 1_000, liveMs: 41_000 }]);
  });

  it('meets the ranges in their order: throttled, unavailable, no answer, accepted without an answer', () => {
    expect(publish(stageOf(upload({ rateLimitRate: 1 })))).toEqual({
      kind: 'throttled',
      retryAtMs: 60_000,
      atMs: 1_000,
    });
    expect(publish(stageOf(upload({ errorRate: 1 })))).toEqual({ kind: 'unavailable', cause: 'platform', atMs: 1_000 });
    const silent = stageOf(upload({ timeoutRate: 1 }));
    expect(publish(silent)).toEqual({ kind: 'unknown', atMs: 30_000 });
    expect(silent.world.copies).toHaveLength(0);
    const lost = stageOf(upload({ acceptedLostRate: 1 }));
    expect(publish(lost)).toEqual({ kind: 'unknown', atMs: 30_000 });
    expect(lost.world.copies).toMatchObject([{ liveMs: 41_000 }]);
  });

  it('draws everything about an accepted post once, from the phase or from normal', () => {
    const stalls: Change = (t) =>
      t.platforms.tiktok.phases.push({
        fromMinute: 0,
        toMinute: 1,
        process: { stallRate: 1, delaySeconds: { p50: 600, p95: 600 } },
      });
    const stage = stageOf(stalls);
    publish(stage);
    publish(stage, MINUTE, 1);
    expect(stage.world.copies.map(({ acceptedMs, liveMs }) => liveMs! - acceptedMs)).toEqual([600_000, 40_000]);
  });

  it('of a bad video is accepted and then rejected, never live', () => {
    const stage = stageOf((t) =>
      t.accountFaults.push({ platform: 'tiktok', account: 0, fromMinute: 0, toMinute: 1, kind: 'bad_video' }),
    );
    expect(publish(stage).kind).toBe('processing');
    const account = stage.roster.get('tiktok/0');
    expect(stage.world.check('h0', account, 20_000).kind).toBe('processing');
    expect(stage.world.check('h0', account, 41_000).kind).toBe('rejected');
    expect(stage.world.copies[0]?.liveMs).toBeUndefined();
  });

  it.each([
    ['token_expired', 'unauthorised'],
    ['banned', 'unauthorised'],
    ['rate_limited', 'throttled'],
  ])('on an account that is %s is %s until the fault ends', (kind, answer) => {
    const stage = stageOf((t) =>
      t.accountFaults.push({ platform: 'tiktok', workspace: 0, fromMinute: 0, toMinute: 1, kind }),
    );
    expect(publish(stage).kind).toBe(answer);
    expect(publish(stage, MINUTE).kind).toBe('processing');
  });

  it('over a quota of the day is throttled until the next one', () => {
    const stage = stageOf((t) => Object.assign(t, { quota: { tiktok: { perAccountPerDay: 1 } } }));
    publish(stage);
    expect(publish(stage, MINUTE, 1)).toMatchObject({ kind: 'throttled', retryAtMs: 18 * 60 * MINUTE });
  });
});

describe('our own line', () => {
  const cut: Change = (t) => t.localFaults.push({ fromMinute: 1, toMinute: 2, kind: 'no_connectivity' });

  it('fails every call at once while it is cut', () => {
    const stage = stageOf(cut);
    const account = stage.roster.get('tiktok/0');
    expect(publish(stage, MINUTE)).toEqual({ kind: 'unavailable', cause: 'network', atMs: MINUTE });
    expect(stage.world.check('h', account, MINUTE)).toEqual({ kind: 'unavailable', atMs: MINUTE });
    expect(stage.probes.askNeutral(MINUTE)).toEqual({ kind: 'bad', atMs: MINUTE });
    expect(stage.probes.ask('auth', account, MINUTE)).toEqual({ kind: 'bad', atMs: MINUTE });
    expect(publish(stage, 2 * MINUTE).kind).toBe('processing');
  });

  it('loses answers that are on their way', () => {
    const stage = stageOf(cut);
    expect(publish(stage, MINUTE - 500)).toEqual({ kind: 'unknown', atMs: MINUTE - 500 + 30_000 });
    expect(stage.world.copies).toHaveLength(1);
  });
});

describe('looking', () => {
  it('by handle tells absent, processing, published; by list only what is live for the lag', () => {
    const stage = stageOf();
    const account = stage.roster.get('tiktok/0');
    expect(stage.world.check('h0', account, 0).kind).toBe('absent');
    publish(stage);
    expect(stage.world.check('h0', account, 2_000).kind).toBe('processing');
    expect(stage.world.check('h0', account, 41_000)).toMatchObject({ kind: 'published', liveMs: 41_000 });
    expect(stage.world.find(account, 0, 100_000)).toMatchObject({ handles: [] });
    expect(stage.world.find(account, 0, 101_000)).toMatchObject({ handles: ['h0'] });
  });

  it('shows counters growing, standing still or at zero', () => {
    const counters =
      (mode: string): Change =>
      (t) =>
        t.platforms.tiktok.phases.push({ fromMinute: 30, toMinute: 90, counters: mode });
    const viewsOf = (change: Change, minute: number) => {
      const stage = stageOf(change);
      publish(stage);
      return stage.world.views(stage.world.copies[0]!, minute * MINUTE)!;
    };
    const before = viewsOf(undefined, 30);
    expect(viewsOf(undefined, 61)).toBeGreaterThan(before);
    expect(viewsOf(counters('zero'), 61)).toBe(0);
    expect(viewsOf(counters('frozen'), 61)).toBe(before);
    expect(viewsOf(counters('frozen'), 90)).toBe(viewsOf(undefined, 90));
  });
});

describe('probes', () => {
  it('keep to their budget in each place', () => {
    const { probes, roster } = stageOf();
    const [place, other] = [roster.get('tiktok/0'), roster.get('reels/0')];
    expect(probes.ask('upload', place, 0).kind).toBe('good');
    expect(probes.ask('upload', place, 59_999).kind).toBe('refused');
    expect(probes.ask('upload', other, 59_999).kind).toBe('good');
    expect(probes.ask('upload', place, 60_000).kind).toBe('good');
    expect(probes.ask('read', place, 0).kind).toBe('good');
    expect(probes.ask('read', place, 15_000).kind).toBe('good');
  });

  it('fail as often as what they try, after five seconds', () => {
    const stage = stageOf(upload({ errorRate: 0.5, timeoutRate: 0.5 }));
    const place = stage.roster.get('tiktok/0');
    expect(stage.probes.ask('upload', place, 0)).toEqual({ kind: 'bad', atMs: 5_000 });
    expect(stage.probes.ask('auth', place, 0)).toEqual({ kind: 'good', atMs: 0 });
  });
});
