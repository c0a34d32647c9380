import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { hasOpenPlaces } from '../../domain/queues/open-places.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { PlanningSettings } from '../../planning-settings.js';
import { HorizonPlanner } from './horizon-planner.js';
import { type PlanRound, PlanRuns, type PlanWish } from './plan-runs.js';

/** Keeps every queue planned to the horizon. */
@Injectable()
export class PlanQueues extends HorizonPlanner {
  constructor(
    private readonly queues: Queues,
    private readonly reservations: Reservations,
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
    const attempt = async (work: () => Promise<void>) => work().catch((error: unknown) => void faults.push(error));
    for (const workspaceId of await this.queues.workspaces())
      await attempt(async () => {
        for (const id of await this.unfinished(workspaceId, until))
          await attempt(async () => {
            planned += await this.unitOfWork.runPatiently((tx) => this.planIfThere(workspaceId, id, until, tx));
          });
      });
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

  /** The queues with something to do: mostly none, told by three statements for all of a workspace. */
  private async unfinished(workspaceId: WorkspaceId, until: Date): Promise<readonly string[]> {
    const span = { from: this.clock.now(), until };
    const unsettled = await this.queues.unsettled(workspaceId, span);
    const around = { from: plusMs(span.from, -DAY_MS), until: plusMs(until, DAY_MS) };
    const places = await this.reservations.places(workspaceId, around);
    const queues = await this.queues.all(workspaceId);
    return queues.filter((queue) => unsettled.has(queue.id) || hasOpenPlaces(queue, places, span)).map(({ id }) => id);
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
