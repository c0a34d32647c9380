import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { PlanningSettings } from '../../planning-settings.js';
import { HorizonPlanner } from './horizon-planner.js';
import { type PlanRound, PlanRuns, type PlanWish } from './plan-runs.js';

/** Keeps every queue planned to the horizon. */
@Injectable()
export class PlanQueues extends HorizonPlanner {
  constructor(
    private readonly queues: Queues,
    private readonly runs: PlanRuns,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: PlanningSettings,
  ) {
    super();
  }

  /** One transaction for each queue: a fault of one keeps the others from nothing. */
  async plan(until: Date): Promise<number> {
    let planned = 0;
    const faults: unknown[] = [];
    for (const workspaceId of await this.queues.workspaces())
      for (const { id } of await this.queues.all(workspaceId))
        try {
          planned += await this.unitOfWork.runPatiently((tx) => this.planIfThere(workspaceId, id, until, tx));
        } catch (error) {
          faults.push(error);
        }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} queues could not be planned.`);
    return planned;
  }

  /**
   * Plans one queue to the horizon now.
   * @param anew asks again about what is planned and untouched
   * @throws DomainError `queue.not_found`
   */
  async planOne(
    { workspaceId, id, anew }: { readonly workspaceId: WorkspaceId; readonly id: string; readonly anew: boolean },
    tx: Tx,
  ): Promise<PlanRound> {
    await this.queues.lockPlanning(workspaceId, tx);
    const queue = await this.queues.find(workspaceId, id, tx);
    if (!queue) throw notFound('queue', id);
    return this.toHorizon(queue, anew, tx);
  }

  /** For who holds the planning lock and has just changed the queue. */
  toHorizon(queue: StoredQueue, anew: boolean, tx: Tx): Promise<PlanRound> {
    return this.round(queue, { until: plusMs(this.clock.now(), this.settings.horizonMs), anew }, tx);
  }

  /** A post that lost its turn to an outage goes before others: then what nobody touched is planned anew. */
  private async round(queue: StoredQueue, { until, anew }: PlanWish, tx: Tx): Promise<PlanRound> {
    const { workspaceId, id } = queue;
    const isLate = anew || (await this.queues.hasLosses(workspaceId, id, tx));
    const round = await this.runs.execute(queue, { until, anew: isLate }, tx);
    await this.queues.markPlanned(workspaceId, id, tx);
    return round;
  }

  private async planIfThere(workspaceId: WorkspaceId, id: string, until: Date, tx: Tx): Promise<number> {
    await this.queues.lockPlanning(workspaceId, tx);
    const queue = await this.queues.find(workspaceId, id, tx);
    return queue ? (await this.round(queue, { until, anew: false }, tx)).planned : 0;
  }
}
