import { describe, expect, it } from '@jest/globals';
import type { HealthState } from '../../../health/domain/health-state.js';
import type { HealthView } from '../../../health/index.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import { settleNotReady } from '../../domain/firing/call.policy.js';
import { hasRetryLeft, type RetryAllowance, retryAllowanceOf } from '../../domain/firing/retry-budget.policy.js';
import { publishingTiming } from '../../domain/publishing-timing.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { PublishingSettings } from '../../publishing-settings.js';
import { Engine } from '../engine.js';
import type { DecideTargets } from '../rerouting/decide-targets.js';
import { CallGate } from './call-gate.js';

const NOW = new Date('2026-01-25T12:00:00Z');
const STALE = new Date('2026-01-25T12:01:00Z');
const first = { id: 't', platform: 'tiktok', workspaceId: 'w', tries: 0, staleAt: STALE } as TargetRecord;
const retry = { ...first, tries: 1 };

const gateAt = (state: HealthState, routed: 'publish' | 'hold' = 'hold', isCutOff = false) => {
  const clock = { now: NOW };
  const news = { state, next: state };
  const read = () => Promise.resolve(void (news.state = news.next));
  const window = { firstTries: 0, retries: 0 };
  const take = (_platform: string, allowance: RetryAllowance, firstTries: number) => {
    window.firstTries += firstTries;
    const isTaken = hasRetryLeft(window, allowance);
    window.retries += Number(isTaken);
    return Promise.resolve(isTaken);
  };
  const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 0.5);
  const gate = new CallGate(
    {
      stateOf: () => ({ state: news.state }),
      isSelfSuspect: () => isCutOff,
      notOlderThan: read,
    } as unknown as HealthView,
    { execute: () => Promise.resolve([{ decision: { kind: routed } }]) } as unknown as DecideTargets,
    { take },
    new Engine({ now: () => clock.now }, settings),
  );
  return { gate, window, clock, news };
};

/** How many of `count` retries go. */
const passing = async (gate: CallGate, count: number): Promise<number> => {
  const answers = await Promise.all(Array.from({ length: count }, () => gate.ask(retry, 'us')));
  return answers.filter((answer) => answer === undefined).length;
};

describe('CallGate', () => {
  it('lets nothing begin on a platform that went down while the call waited, unless its route wants that', async () => {
    expect(await gateAt('down').gate.ask(first, 'us')).toEqual({ kind: 'platform_down' });
    expect(await gateAt('down', 'publish').gate.ask(first, 'us')).toBeUndefined();
  });

  it('hears the news before it lets a call begin', async () => {
    const { gate, news } = gateAt('healthy');
    news.next = 'down';
    expect(await gate.ask(first, 'us')).toEqual({ kind: 'platform_down' });
  });

  it('begins nothing while our own connection is gone, and blames nobody', async () => {
    const barred = await gateAt('healthy', 'publish', true).gate.ask(first, 'us');
    expect(barred).toEqual({ kind: 'self_suspect', afterMs: 5_000 });
    if (!barred) throw new Error('It went.');
    const context = { now: NOW, timing: publishingTiming(1), jitter: () => 0 };
    const step = settleNotReady(first, { state: 'intended', absentReads: 0 }, barred, context);
    expect(step).toMatchObject({ cause: 'self_suspect', target: { status: 'scheduled' }, effects: [] });
  });

  it('lets what the ramp admitted begin, a retry too', async () => {
    const { gate, window } = gateAt('recovering');
    expect(await gate.ask(retry, 'us')).toBeUndefined();
    expect(window.retries).toBe(0);
  });

  it('bounds retries to a tenth of the first tries where the platform is unwell', async () => {
    const { gate } = gateAt('degraded');
    expect(await passing(gate, 50)).toBe(10);
    for (let count = 0; count < 300; count += 1) await gate.ask(first, 'us');
    expect(await passing(gate, 50)).toBe(20);
  });

  it('bounds an outage that nobody has noticed: as many retries as first tries', async () => {
    const { gate } = gateAt('healthy');
    for (let count = 0; count < 1_000; count += 1) await gate.ask(first, 'us');
    expect(await passing(gate, 5_000)).toBe(1_000);
  });

  it('does not count first tries of more than a minute ago', async () => {
    const { gate, clock } = gateAt('healthy');
    for (let count = 0; count < 1_000; count += 1) await gate.ask(first, 'us');
    clock.now = new Date(NOW.getTime() + 61_000);
    expect(await passing(gate, 500)).toBe(60);
  });

  it('sends back what found no place with jitter, without counting a try, and never beyond its stale instant', async () => {
    const { gate } = gateAt('degraded');
    await passing(gate, 10);
    const barred = await gate.ask(retry, 'us');
    if (!barred) throw new Error('It got a place.');
    expect(barred).toEqual({ kind: 'over_budget', afterMs: 160_000 });
    const context = { now: NOW, timing: publishingTiming(1), jitter: () => 0 };
    const step = settleNotReady(retry, { state: 'intended', absentReads: 0 }, barred, context);
    expect(step).toEqual({
      cause: 'retry_budget_spent',
      target: { status: 'scheduled', bumpVersion: true, dueAt: STALE },
      attempt: { state: 'abandoned' },
      effects: [],
    });
  });

  it('hands what its platform’s fall caught in the lane back to routing at once', () => {
    const context = { now: NOW, timing: publishingTiming(1), jitter: () => 0 };
    const step = settleNotReady(first, { state: 'intended', absentReads: 0 }, { kind: 'platform_down' }, context);
    expect(step).toMatchObject({
      cause: 'platform_down_before_call',
      target: { status: 'scheduled', bumpVersion: true, dueAt: NOW },
      attempt: { state: 'abandoned' },
    });
  });

  it('has no budget of its own for a platform that recovers', () =>
    expect(retryAllowanceOf('recovering')).toBeUndefined());
});
