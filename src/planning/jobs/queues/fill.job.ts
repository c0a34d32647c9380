import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { FillSlots } from '../../application/queues/fill-slots.js';
import { PlanningSettings } from '../../planning-settings.js';

/** While a platform is down, fills free slots of the others; in one process of the cluster. */
@Injectable()
export class FillJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly fills: FillSlots,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: PlanningSettings,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('planning.fill', this.settings.timing.fillEveryMs, () => this.runOnce());
  }

  /** @returns how many fills were planned */
  async runOnce(): Promise<number> {
    let planned = 0;
    for (const workspaceId of await this.fills.workspaces())
      planned += await this.unitOfWork.runPatiently((tx) => this.fills.execute(workspaceId, tx));
    return planned;
  }
}
