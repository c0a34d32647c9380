import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import { PlanningChanges } from '../../infrastructure/queues/planning-changes.repository.js';

/** Far longer than anybody keeps what plans are made of. */
const KEEP_MS = 2 * HOUR_MS;

/** Forgets which posts changed, when nobody asks any more; in one process of the cluster. */
@Injectable()
export class PlanningChangesJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly changes: PlanningChanges,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('planning.forget_changes', HOUR_MS, () => this.changes.forget(KEEP_MS));
  }
}
