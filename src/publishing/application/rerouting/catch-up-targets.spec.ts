import { describe, expect, it } from '@jest/globals';
import type { HealthView } from '../../../health/index.js';
import type { UnitOfWork } from '../../../kernel/transaction.js';
import type { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { CatchUpTargets } from './catch-up-targets.js';
import type { CreateReplacement } from './create-replacement.js';
import type { Engine } from '../engine.js';
import type { GatherFacts } from './gather-facts.js';

describe('CatchUpTargets', () => {
  it('walks on past a full page of roots that want no catch-up, and begins again at the end', async () => {
    const offsets: number[] = [];
    const rerouted = (limit: number, offset: number) => {
      offsets.push(offset);
      return Promise.resolve(Array.from({ length: offset === 0 ? limit : 1 }, (_, n) => ({ id: `t${n}` })));
    };
    const catchUp = new CatchUpTargets(
      { rerouted } as unknown as WaitingTargets,
      { execute: () => Promise.resolve([]) } as unknown as GatherFacts,
      {} as HealthView,
      {} as CreateReplacement,
      {} as UnitOfWork,
      {} as Engine,
    );
    await catchUp.runOnce();
    await catchUp.runOnce();
    await catchUp.runOnce();
    expect(offsets).toEqual([0, 100, 0]);
  });
});
