import { beforeEach, describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import type { StateChange } from '../run/record.js';
import { Stage } from '../run/stage.js';
import { divergence, lordenMinutes } from './lorden.js';
import { scoreOf } from './score.js';

const MINUTE = 60_000;
type Change = Parameters<typeof tinyTrace>[0];
const span = (more: object) => ({ fromMinute: 10, toMinute: 40, capability: 'publish', state: 'down', ...more });

let stage: Stage;
const setTheStage = (change: Change = undefined) => (stage = new Stage(tinyTrace(change), 1));
/** Every post goes to tiktok of its workspace; reels there is its fallback. */
const originOf = (post: number) => stage.posts[post]!.origins[0]!;
const fallbackOf = (post: number) => stage.roster.fallbacksOf(originOf(post))[0]!;
const lands = (post: number, minute: number | undefined, account = originOf(post)): void => {
  const copy = { post, account, root: originOf(post), liveMs: minute === undefined ? undefined : minute * MINUTE };
  stage.world.copies.push({ ...copy, handle: 'h', acceptedMs: 0, decidedMs: 0, views: 1 });
};
const state = (minute: number, to: StateChange['state'], more: Partial<StateChange> = {}): void => {
  const admission = to === 'down' ? 0 : 1;
  stage.record.states.push({
    ...{ platform: 'tiktok', region: 'us', capability: 'publish' as const, state: to, admission },
    atMs: minute * MINUTE,
    ...more,
  });
};

beforeEach(() => void setTheStage());

describe('reach', () => {
  it('counts the first live copy, at home or on a permitted fallback', () => {
    lands(0, 30);
    lands(1, 91, originOf(1));
    lands(1, 90, fallbackOf(1));
    expect(scoreOf(stage)).toMatchObject({ scheduled: 2, onTimeShare: 1, reachedShare: 1, lost: 0, duplicates: 0 });
  });

  it('is late after half an hour and missed after the stale age', () => {
    lands(0, 30.01);
    lands(1, 60 + 2880.01);
    expect(scoreOf(stage)).toMatchObject({ onTimeShare: 0, reachedShare: 0.5 });
  });

  it('leaves refused content aside unless a copy is live somewhere', () => {
    lands(0, undefined);
    lands(1, undefined);
    lands(1, 61, fallbackOf(1));
    expect(scoreOf(stage)).toMatchObject({ scheduled: 1, contentRejected: 1, reachedShare: 1, lost: 0 });
  });

  it('calls lost what had a healthy way of ten minutes and never came out', () => {
    lands(0, 1);
    expect(scoreOf(stage).lost).toBe(1);
  });

  it('calls nothing lost that never had one', () => {
    setTheStage((t) => {
      Object.assign(t.policy, { staleAfterMinutes: 60 });
      for (const platform of ['tiktok', 'reels'] as const)
        t.platforms[platform].truth.push(span({ fromMinute: 9, toMinute: 120 }));
    });
    expect(scoreOf(stage).lost).toBe(0);
    expect(scoreOf(stage).reachedShare).toBe(0);
  });

  it('counts copies beyond the first on one account', () => {
    for (const minute of [1, 2, 3]) lands(0, minute);
    lands(0, 4, fallbackOf(0));
    expect(scoreOf(stage).duplicates).toBe(2);
  });

  it('counts what was called failed although it is live', () => {
    lands(0, 500);
    stage.record.gaveUp(0, originOf(0).id);
    stage.record.gaveUp(1, originOf(1).id);
    expect(scoreOf(stage).falseFailed).toBe(1);
  });
});

describe('calls to a platform that is down', () => {
  it('are told apart by the first minute of the incident', () => {
    setTheStage((t) => t.platforms.tiktok.truth.push(span({}), span({ fromMinute: 40, toMinute: 50 })));
    const account = originOf(0);
    for (const minute of [9.9, 10, 10.9, 11, 40.5, 50]) stage.record.calls.push({ account, atMs: minute * MINUTE });
    stage.record.calls.push({ account: fallbackOf(0), atMs: 20 * MINUTE });
    expect(scoreOf(stage)).toMatchObject({ onsetCalls: 2, publishCallsToDownPlatform: 2 });
  });
});

describe('detections', () => {
  beforeEach(() => void setTheStage((t) => t.platforms.tiktok.truth.push(span({ state: 'degraded' }))));

  it('are the first state at least as bad, the first healthy and the first full admission after it', () => {
    state(12, 'down');
    state(45, 'recovering', { admission: 0.5 });
    state(50, 'recovering', { admission: 1 });
    state(55, 'healthy');
    expect(scoreOf(stage).detections).toMatchObject([
      { region: 'us', detectedAtMinute: 12, readmittedAtMinute: 50, clearedAtMinute: 55 },
    ]);
  });

  it('hold what was known before, and nothing that came too late', () => {
    state(5, 'degraded');
    expect(scoreOf(stage).detections).toMatchObject([{ detectedAtMinute: 10, clearedAtMinute: null }]);
    setTheStage((t) => t.platforms.tiktok.truth.push(span({})));
    state(15, 'degraded');
    state(40, 'down');
    expect(scoreOf(stage).detections).toMatchObject([{ detectedAtMinute: null, readmittedAtMinute: null }]);
  });
});

describe('alarms', () => {
  it('are false while truth is healthy and ended ten minutes ago', () => {
    setTheStage((t) => t.platforms.tiktok.truth.push(span({})));
    for (const [minute, to] of [
      [5, 'degraded'],
      [6, 'healthy'],
      [49.9, 'down'],
      [49.95, 'healthy'],
      [50, 'down'],
      [51, 'healthy'],
    ] as const)
      state(minute, to);
    expect(scoreOf(stage)).toMatchObject({ falseAlarms: 1, falseDegraded: 1, flaps: 2 });
  });

  it('of other capabilities count only where the trace speaks of them', () => {
    state(5, 'degraded', { capability: 'read' });
    expect(scoreOf(stage)).toMatchObject({ falseDegraded: 0, flaps: 0 });
    setTheStage((t) => t.platforms.tiktok.truth.push(span({ capability: 'read' })));
    state(5, 'degraded', { capability: 'read' });
    expect(scoreOf(stage).falseDegraded).toBe(1);
  });

  it('flap when they come back more often than incidents; getting worse is no flap', () => {
    setTheStage((t) =>
      t.platforms.tiktok.truth.push(span({}), span({ fromMinute: 40, toMinute: 60, state: 'degraded' })),
    );
    for (const [minute, to] of [
      [11, 'degraded'],
      [12, 'down'],
      [20, 'recovering'],
      [25, 'down'],
      [45, 'recovering'],
    ] as const)
      state(minute, to);
    expect(scoreOf(stage).flaps).toBe(1);
  });
});

describe('reroutes', () => {
  it('are needless while nothing is wrong at home', () => {
    setTheStage((t) =>
      t.accountFaults.push({ platform: 'tiktok', workspace: 0, fromMinute: 0, toMinute: 5, kind: 'banned' }),
    );
    const [origin, other] = [stage.roster.get('tiktok/0'), stage.roster.get('tiktok/1')];
    const tries = [
      'none',
      'other',
      'unknown',
      'throttled',
      { processingMs: 16 * MINUTE },
      { processingMs: MINUTE },
    ] as const;
    for (const lastTry of tries) stage.record.reroutes.push({ origin: other, atMs: 0, lastTry });
    stage.record.reroutes.push({ origin, atMs: 0, lastTry: 'none' });
    expect(scoreOf(stage)).toMatchObject({ reroutes: 7, needlessReroutes: 3 });
  });
});

describe('the Lorden bound', () => {
  it('is when the divergence of what was seen adds up', () => {
    setTheStage((t) => {
      t.platforms.tiktok.phases.push({ fromMinute: 10, toMinute: 40, upload: { errorRate: 0.9 } });
      t.platforms.tiktok.normal = structuredClone(t.platforms.tiktok.normal);
      t.platforms.tiktok.normal.upload.errorRate = 0.01;
      t.platforms.tiktok.truth.push(span({}));
    });
    for (let minute = 0; minute < 120; minute += 1)
      stage.observations.saw({ platform: 'tiktok', region: 'us' }, 'upload_probe', { atMs: minute * MINUTE });
    const each = divergence(0.9, 0.01);
    const limit = Math.log(120 * 12 * 30);
    expect(lordenMinutes(stage, stage.truth.spans[0]!)).toBe(Math.ceil(limit / each) - 1);
  });

  it('is none where nothing tells the span from before', () => {
    setTheStage((t) => t.platforms.tiktok.truth.push(span({})));
    for (let minute = 0; minute < 120; minute += 1)
      stage.observations.saw({ platform: 'tiktok', region: 'us' }, 'upload_probe', { atMs: minute * MINUTE });
    expect(scoreOf(stage).detections[0]?.lordenMinutes).toBeNull();
  });
});
