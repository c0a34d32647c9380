import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { HORIZON_PLANNERS, type HorizonPlanner } from '../../application/queues/horizon-planner.js';
import { PlanningSettings } from '../../planning-settings.js';

/** Keeps queues and recurring posts planned to the horizon; in one process of the cluster. */
@Injectable()
export class HorizonJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly settings: PlanningSettings,
    @Inject(HORIZON_PLANNERS) private readonly planners: readonly HorizonPlanner[],
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('planning.horizon', this.settings.timing.planEveryMs, () => this.runOnce());
  }

  /**
   * Every planner gets its turn, whatever happens to another.
   * @returns how many runs were made
   */
  async runOnce(): Promise<number> {
    const until = plusMs(this.clock.now(), this.settings.horizonMs);
    let planned = 0;
    const faults: unknown[] = [];
    for (const planner of this.planners)
      try {
        planned += await planner.plan(until);
      } catch (error) {
        faults.push(error);
      }
    if (faults.length > 0) throw new AggregateError(faults, 'Not everything could be planned to the horizon.');
    return planned;
  }
}
