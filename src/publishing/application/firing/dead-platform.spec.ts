import { describe, expect, it } from '@jest/globals';
import type { HealthState } from '../../../health/domain/health-state.js';
import type { HealthView } from '../../../health/index.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import { settleNotReady } from '../../domain/firing/call.policy.js';
import { FairSchedule, type Turn } from '../../domain/firing/fair-schedule.js';
import { hasRetryLeft, type RetryAllowance } from '../../domain/firing/retry-budget.policy.js';
import { publishingTiming } from '../../domain/publishing-timing.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { PublishingSettings } from '../../publishing-settings.js';
import { Engine } from '../engine.js';
import type { DecideTargets } from '../rerouting/decide-targets.js';
import { CallGate, isBarred } from './call-gate.js';

const START = new Date('2026-01-25T12:00:00Z').getTime();
const TARGETS = 1_000;

type Waiting = Turn & { readonly target: TargetRecord };

/** 1,000 targets due in one instant on a platform that refuses every upload, each call taking a second, for an hour. */
const anHour = async (stateAt: (ms: number) => HealthState) => {
  let nowMs = 0;
  let draws = 0;
  const jitter = () => ((draws += 1) * 0.618034) % 1;
  const window = { minute: 0, firstTries: 0, before: 0, retries: 0 };
  const take = (_: string, allowance: RetryAllowance, firstTries: number) => {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute > window.minute)
      Object.assign(window, {
        minute,
        before: minute === window.minute + 1 ? window.firstTries : 0,
        firstTries: 0,
        retries: 0,
      });
    window.firstTries += firstTries;
    const isTaken = hasRetryLeft({ firstTries: window.firstTries + window.before, retries: window.retries }, allowance);
    window.retries += Number(isTaken);
    return Promise.resolve(isTaken);
  };
  const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 32, jitter);
  const engine = new Engine({ now: () => new Date(START + nowMs) }, settings);
  const notOlderThan = () => Promise.resolve();
  const held = { execute: () => Promise.resolve([{ decision: { kind: 'hold' } }]) } as unknown as DecideTargets;
  const gate = new CallGate(
    { stateOf: () => ({ state: stateAt(nowMs) }), isSelfSuspect: () => false, notOlderThan } as unknown as HealthView,
    held,
    { take },
    engine,
  );
  const schedule = new FairSchedule<Waiting>({ concurrency: 32, perPlatformPerSecond: 50 });
  const callsAt: number[] = [];
  let later: TargetRecord[] = Array.from({ length: TARGETS }, (_, n) => targetOf(n));
  let running: Waiting[] = [];
  const fail = (turn: Waiting, outcome: Parameters<typeof settleNotReady>[2]) => {
    schedule.end(turn, isBarred(outcome) ? 'barred' : 'asked');
    const step = settleNotReady(turn.target, { state: 'intended', absentReads: 0 }, outcome, engine.context());
    later.push({
      ...turn.target,
      tries: step?.target.tries ?? turn.target.tries,
      dueAt: step?.target.dueAt ?? START_AT,
    });
  };
  for (; nowMs < HOUR_MS; nowMs += SECOND_MS) {
    for (const turn of running) fail(turn, { kind: 'unavailable' });
    running = [];
    const due = later.filter((target) => target.dueAt.getTime() <= START + nowMs);
    later = later.filter((target) => target.dueAt.getTime() > START + nowMs);
    // Routing looks first: where the platform is down everything due is held, and asks nobody.
    if (stateAt(nowMs) !== 'down') for (const target of due) schedule.add(turnOf(target));
    for (let turn = schedule.next(nowMs); turn; turn = schedule.next(nowMs)) {
      const barred = await gate.ask(turn.target, 'us');
      if (barred) fail(turn, barred);
      else {
        callsAt.push(nowMs);
        running.push(turn);
      }
    }
  }
  return callsAt;
};

const START_AT = new Date(START);

const targetOf = (n: number) =>
  ({
    id: `t${n}`,
    workspaceId: `w${n % 10}`,
    accountId: `a${n}`,
    platform: 'tiktok',
    tries: 0,
    scheduledAt: START_AT,
    dueAt: START_AT,
    staleAt: new Date(START + 48 * HOUR_MS),
  }) as TargetRecord;

const turnOf = (target: TargetRecord): Waiting => {
  const { id, workspaceId, accountId, platform } = target;
  return { id, workspaceId, accountId, platform, scheduledAtMs: START, target };
};

describe('an hour of a dead platform', () => {
  it('gets no call any more once health knows, not even those whose intents were written before', async () => {
    const calls = await anHour((ms) => (ms < 20 * SECOND_MS ? 'healthy' : 'down'));
    expect(calls.length).toBeLessThanOrEqual(20 * 32);
    expect(calls.filter((ms) => ms >= 20 * SECOND_MS)).toEqual([]);
  });

  it('gets a tenth in retries where it is only called degraded', async () => {
    const calls = await anHour((ms) => (ms < 20 * SECOND_MS ? 'healthy' : 'degraded'));
    // Every target once; the retries of the first 20 s; then 10 % of the first tries for two minutes, 10 a minute after.
    expect(calls.length).toBeLessThanOrEqual(TARGETS + 20 * 32 + 2 * 100 + 60 * 10);
    expect(calls.filter((ms) => ms >= 5 * MINUTE_MS).length).toBeLessThanOrEqual(55 * 10);
  });

  it('gets no storm where nobody notices: the first tries twice more, then 60 a minute', async () => {
    const calls = await anHour(() => 'healthy');
    expect(calls.length).toBeLessThanOrEqual(3 * TARGETS + 60 * 60);
    expect(calls.filter((ms) => ms >= 5 * MINUTE_MS).length).toBeLessThanOrEqual(55 * 60);
  });
});
