import { Injectable, Logger } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { ApplyDecision } from './apply-decision.js';
import { DecideTargets } from './decide-targets.js';

const BATCH = 500;

/** Asks routing again about held targets: when their time comes, and when their platform got better. */
@Injectable()
export class ReconsiderHeld {
  private readonly logger = new Logger('Held');

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly health: HealthView,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
    private readonly clock: Clock,
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
      if (this.goesOnWaiting(target, decision)) continue;
      const applied = await this.applies(target, decision);
      if (applied && decision.kind !== 'hold') changed += 1;
    }
    return changed;
  }

  /** Asked ahead of its look because its platform got better, and not let through yet: nothing to write. */
  private goesOnWaiting({ holdReason, dueAt }: TargetRecord, decision: RouteDecision): boolean {
    return decision.kind === 'hold' && decision.reason === holdReason && dueAt > this.clock.now();
  }

  /** One target that cannot be written must not stop those behind it. */
  private async applies({ id, version }: TargetRecord, decision: RouteDecision): Promise<boolean> {
    try {
      return await this.apply.execute({ targetId: id, version }, decision);
    } catch (error) {
      this.logger.error({ err: error, targetId: id }, 'A held target could not be written');
      return false;
    }
  }
}
