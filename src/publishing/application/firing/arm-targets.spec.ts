import { describe, expect, it } from '@jest/globals';
import type { Arming, Firing } from '../../domain/firing/firing.port.js';
import type { DueTarget, TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import type { ApplyDecision } from '../rerouting/apply-decision.js';
import { ArmTargets } from './arm-targets.js';
import type { DecideTargets } from '../rerouting/decide-targets.js';
import type { HoldPaused } from '../pauses/hold-paused.js';
import type { SweepWakeUps } from './sweep-wake-ups.js';

const ref = (targetId: string): TargetRef => ({ targetId, version: 1 });
const record = (id: string) => ({ id, version: 1 }) as TargetRecord;

/** Arms one target while others wait for an earlier run or have no quota. */
const arming = (write: (targetId: string) => Promise<unknown>) => {
  const answer = {
    armed: [{ ...ref('armed'), attemptId: 'a', fence: '1', target: { id: 'armed' } as DueTarget }],
    blocked: [ref('blocked')],
    exhausted: [
      { ...ref('spent-1'), resetsAt: new Date(0) },
      { ...ref('spent-2'), resetsAt: new Date(0) },
    ],
  } satisfies Arming;
  const firing = {
    arm: () => Promise.resolve(answer),
    load: (ids: readonly string[]) => Promise.resolve(ids.map(record)),
  };
  const apply = {
    waitForEarlier: ({ targetId }: TargetRef) => write(targetId),
    execute: ({ targetId }: TargetRef) => write(targetId),
  };
  const decide = {
    withoutQuota: (targets: readonly TargetRecord[]) =>
      Promise.resolve(targets.map((target) => ({ target, decision: {} }))),
  };
  const paused = {
    among: (ids: readonly string[]) => Promise.all(ids.map(write)),
  };
  return new ArmTargets(
    firing as unknown as Firing,
    apply as unknown as ApplyDecision,
    {} as SweepWakeUps,
    decide as unknown as DecideTargets,
    paused as unknown as HoldPaused,
  );
};

describe('ArmTargets', () => {
  it('keeps what is armed waiting for nothing that is written about the others', async () => {
    const never = arming(() => new Promise(() => undefined));
    expect((await never.arm('w', [])).map(({ target }) => target.id)).toEqual(['armed']);
  });

  it('asks the kill switches about what may not be armed, and about nothing else', async () => {
    const written: string[] = [];
    const arm = arming((id) => Promise.resolve(written.push(id)));
    await arm.arm('w', [ref('armed'), ref('blocked'), ref('switched off')]);
    await arm.whenSetAside();
    expect(written).toEqual(['switched off', 'blocked', 'spent-1', 'spent-2']);
  });

  it('writes about every other one, even when one of them cannot be written', async () => {
    const written: string[] = [];
    const arm = arming((id) => (id === 'spent-2' ? Promise.resolve(written.push(id)) : Promise.reject(new Error(id))));
    await arm.arm('w', []);
    await arm.whenSetAside();
    expect(written).toEqual(['spent-2']);
  });
});
