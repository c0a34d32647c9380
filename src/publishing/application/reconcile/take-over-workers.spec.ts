import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Leftover } from '../../domain/reconcile/reconciliation.port.js';
import type { InheritTargets } from '../firing/inherit-targets.js';
import type { PersistentSettle } from '../firing/persistent-settle.js';
import type { Settlement } from '../firing/settle-target.js';
import type { SweepWakeUps } from '../firing/sweep-wake-ups.js';
import { TakeOverWorkers } from './take-over-workers.js';

const left = (targetId: string, isArmed: boolean): Leftover => ({
  targetId,
  attemptId: `attempt-${targetId}`,
  version: 1,
  isArmed,
  callBegun: false,
});

describe('TakeOverWorkers', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('settles and wakes the others although one cannot be written', async () => {
    const settled: string[] = [];
    const woken: string[] = [];
    const takeOver = new TakeOverWorkers(
      {
        findLeftovers: () => Promise.resolve([left('broken', false), left('begun', false), left('idle', true)]),
        findDead: () => Promise.resolve(),
        findForgotten: () => Promise.resolve([]),
        release: () => Promise.resolve(),
      },
      {
        execute: ({ targetId }: Settlement) =>
          targetId === 'broken' ? Promise.reject(new Error('23514')) : Promise.resolve(void settled.push(targetId)),
      } as unknown as PersistentSettle,
      { resend: (ids: readonly string[]) => Promise.resolve(void woken.push(...ids)) } as unknown as SweepWakeUps,
      { execute: () => Promise.resolve(0) } as unknown as InheritTargets,
      { giveBack: () => Promise.resolve(['never begun']) },
    );
    expect(await takeOver.runOnce('me')).toBe(4);
    expect([settled, woken]).toEqual([['begun'], ['never begun', 'idle']]);
  });
});
