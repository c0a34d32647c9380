import { Injectable } from '@nestjs/common';
import { HealthView } from '../../health/index.js';
import { WaitingTargets } from '../domain/waiting-targets.port.js';
import { ApplyDecision } from './apply-decision.js';
import { DecideTargets } from './decide-targets.js';

const BATCH = 500;

/** Asks routing again about held targets: when their time comes, and when their platform got better. */
@Injectable()
export class ReconsiderHeld {
  constructor(
    private readonly waiting: WaitingTargets,
    private readonly health: HealthView,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
  ) {}

  /** @returns how many targets changed */
  async runOnce(): Promise<number> {
    const regions = await this.waiting.heldRegions();
    const better = regions.filter(({ platform, region }) => {
      const { state } = this.health.stateOf(platform, region);
      return state === 'healthy' || state === 'recovering';
    });
    const held = await this.waiting.held(better, BATCH);
    let changed = 0;
    for (const { target, decision } of await this.decide.execute(held)) {
      const applied = await this.apply.execute({ targetId: target.id, version: target.version }, decision);
      if (applied && decision.kind !== 'hold') changed += 1;
    }
    return changed;
  }
}
