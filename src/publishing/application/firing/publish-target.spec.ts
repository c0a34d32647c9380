import { describe, expect, it } from '@jest/globals';
import { publishingTiming } from '../../domain/publishing-timing.js';
import type { AttemptJournal } from '../../domain/firing/firing.port.js';
import type { ArmedRef, AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import type { Engine } from '../engine.js';
import type { OpenHandOff } from '../hand-off/open-hand-off.js';
import type { PersistentSettle } from './persistent-settle.js';
import type { PlatformAccess } from './platform-access.js';
import type { PrepareTarget } from './prepare-target.js';
import { PublishTarget } from './publish-target.js';
import type { Settlement } from './settle-target.js';

const now = new Date('2026-01-25T12:00:00Z');
const armed: ArmedRef = { targetId: 't', version: 1, attemptId: 'a', fence: '1' };
const target = { id: 't', status: 'publishing', staleAt: new Date('2026-01-26T12:00:00Z'), tries: 0 } as TargetRecord;

interface Parts {
  readonly of?: TargetRecord;
  readonly saveResume?: AttemptJournal['saveResume'];
  readonly openHandOff?: () => Promise<void>;
  readonly clock?: () => Date;
}

/** Runs one target with the given preparation; tells which steps were settled, and whether a call or a person was asked. */
const publish = async (
  prepare: () => Promise<unknown>,
  { of = target, saveResume, openHandOff = () => Promise.resolve(), clock = () => now }: Parts = {},
) => {
  const steps: (Step | undefined)[] = [];
  let calls = 0;
  let handedOver = 0;
  const context = { now, timing: publishingTiming(1), jitter: () => 1 };
  const settle = {
    execute: (settlement: Settlement) =>
      Promise.resolve(void steps.push(settlement.decide(of, { state: 'intended' } as AttemptRecord, context))),
  };
  const journal = { beginCall: () => Promise.resolve(Boolean((calls += 1))), saveResume };
  await new PublishTarget(
    { execute: prepare } as unknown as PrepareTarget,
    journal as unknown as AttemptJournal,
    settle as unknown as PersistentSettle,
    {} as PlatformAccess,
    { now: clock, settings: { timing: context.timing } } as unknown as Engine,
    { execute: () => openHandOff().then(() => void (handedOver += 1)) } as unknown as OpenHandOff,
  ).execute(of, armed);
  return { steps, calls, handedOver };
};

const ready = () => Promise.resolve({ kind: 'ready', platform: { capabilities: () => ({ commitTimeoutMs: 1 }) } });

describe('PublishTarget', () => {
  it('tries again later, without blaming the platform, when our own storage fails before the call', async () => {
    const { steps, calls } = await publish(() => Promise.reject(new Error('disk')));
    expect(calls).toBe(0);
    expect(steps[0]?.target).toMatchObject({ status: 'scheduled', bumpVersion: true, error: { source: 'system' } });
    expect(steps[0]?.effects).toEqual([]);
  });

  it('never begins a call for what got stale while it was made ready', async () => {
    const { steps, calls } = await publish(ready, { of: { ...target, staleAt: now } });
    expect(calls).toBe(0);
    expect(steps[0]).toMatchObject({ cause: 'stale_before_call', target: { status: 'scheduled', dueAt: now } });
  });

  it('sends nothing after a pause longer than the call may take: another worker may have given it up', async () => {
    let sent = 0;
    const platform = {
      capabilities: () => ({ commitTimeoutMs: 120_000 }),
      commit: () => Promise.resolve(void (sent += 1)).then(() => ({ kind: 'processing' })),
    };
    const tellings = (pauseMs: number) => {
      let looks = 0;
      return () => new Date(now.getTime() + (looks++ > 1 ? pauseMs : 0));
    };
    const ready = () => Promise.resolve({ kind: 'ready', platform });
    const { calls, steps } = await publish(ready, { clock: tellings(120_000) });
    expect({ calls, steps, sent }).toEqual({ calls: 1, steps: [], sent: 0 });
    await publish(ready, { clock: tellings(119_000) });
    expect(sent).toBe(1);
  });

  it('asks a person and no platform where the account is posted to by hand, unless it got stale', async () => {
    const byHand = () => Promise.resolve({ kind: 'by_hand' });
    expect(await publish(byHand)).toMatchObject({ calls: 0, handedOver: 1, steps: [] });
    const late = await publish(byHand, { of: { ...target, staleAt: now } });
    expect(late).toMatchObject({ calls: 0, handedOver: 0 });
    expect(late.steps[0]).toMatchObject({ cause: 'stale_before_call' });
  });

  it('tries again later when the hand-off cannot be written now', async () => {
    const byHand = () => Promise.resolve({ kind: 'by_hand' });
    const { steps } = await publish(byHand, { openHandOff: () => Promise.reject(new Error('deadlock detected')) });
    expect(steps[0]).toMatchObject({ cause: 'own_fault_before_call', attempt: { state: 'abandoned' } });
  });

  it('keeps a handle that only the answer names, and the outcome even if the handle cannot be kept', async () => {
    const resume = { handle: 'named-by-the-answer' };
    const platform = {
      capabilities: () => ({ commitTimeoutMs: 1 }),
      commit: () => Promise.resolve({ kind: 'processing', resume }),
    };
    const saved: unknown[] = [];
    const keep = await publish(() => Promise.resolve({ kind: 'ready', platform }), {
      saveResume: (_armed, token) => Promise.resolve(Boolean(saved.push(token))),
    });
    expect(saved).toEqual([resume]);
    const lose = await publish(() => Promise.resolve({ kind: 'ready', platform }), {
      saveResume: () => Promise.reject(new Error('database away')),
    });
    for (const { steps } of [keep, lose]) expect(steps[0]?.attempt?.state).toBe('processing');
  });
});
