import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { ScheduleTargets, WithdrawRuns } from '../../../publishing/index.js';
import { hasOpenPlaces } from '../../domain/queues/open-places.js';
import { planQueue } from '../../domain/queues/plan-queue.js';
import type { EmptyPlace, PlannedPlace, Span } from '../../domain/queues/queue.js';
import type { StoredQueue } from '../../domain/queues/queues.port.js';
import { placeOf, type ReservedPlace, Reservations } from '../../domain/queues/reservations.port.js';
import { GatherFacts } from './gather-facts.js';
import type { ReviewedRun } from './review-runs.js';
import { SettlePlan } from './settle-plan.js';

/** A run that begins sooner is not taken back: its worker may hold it already. */
const LEAD_MS = 2 * MINUTE_MS;

/** How far to plan, and whether what is planned is asked again. */
export interface PlanWish {
  readonly until: Date;
  /** The queue or its posts changed: runs that nobody touched may go. */
  readonly anew: boolean;
}

/** What a round did. */
export interface PlanRound {
  readonly planned: number;
  readonly withdrawn: number;
  readonly empty: readonly EmptyPlace[];
}

/** Brings the runs of one queue in line with what it says now. */
@Injectable()
export class PlanRuns {
  constructor(
    private readonly gather: GatherFacts,
    private readonly settle: SettlePlan,
    private readonly reservations: Reservations,
    private readonly scheduleTargets: ScheduleTargets,
    private readonly withdrawRuns: WithdrawRuns,
    private readonly clock: Clock,
  ) {}

  /** The caller holds the workspace's planning lock, and its transaction ends with this. */
  async execute(queue: StoredQueue, { until, anew }: PlanWish, tx: Tx): Promise<PlanRound> {
    const { workspaceId, id: queueId } = queue;
    const span: Span = { from: this.clock.now(), until };
    const around = { queueId, from: plusMs(span.from, -DAY_MS), until: plusMs(until, DAY_MS) };
    const reserved = await this.reservations.list(workspaceId, around, tx);
    const open = reserved.filter((place) => place.at >= plusMs(span.from, LEAD_MS) && isOpen(place, anew));
    const kept = reserved.filter((place) => !open.includes(place));
    if (open.length === 0 && !hasOpenPlaces(queue, kept, span)) return nothingToDo(queue, kept, span);
    const without = open.map(({ occurrenceId }) => occurrenceId);
    const facts = await this.gather.execute(workspaceId, [queue], { span, places: kept, without }, tx);
    const planned = new Map(open.map((place) => [placeOf(place), place]));
    const isSame = (place: PlannedPlace, variation: number) => isPlanned(planned.get(placeOf(place)), place, variation);
    const { runs, same, empty } = await this.settle.execute(queue, { facts, span, isSame }, tx);
    const stays = new Set(same.map(placeOf));
    const gone = open.filter((place) => !stays.has(placeOf(place)));
    const withdrawn = await this.withdraw(queue, gone, tx);
    return { planned: await this.carryOut(queue, runs, tx), withdrawn, empty };
  }

  /** What cannot be taken back any more keeps its place, and whoever wanted it finds it taken. */
  private async withdraw({ workspaceId }: StoredQueue, gone: readonly ReservedPlace[], tx: Tx): Promise<number> {
    const over = gone.filter(({ isOver }) => isOver).map(({ occurrenceId }) => occurrenceId);
    const occurrenceIds = gone.filter(({ isOver }) => !isOver).map(({ occurrenceId }) => occurrenceId);
    const withdrawn = await this.withdrawRuns.execute({ workspaceId, occurrenceIds, actor: 'planner' }, tx);
    await this.reservations.release(workspaceId, [...over, ...withdrawn], tx);
    return withdrawn.size;
  }

  private async carryOut(queue: StoredQueue, runs: readonly ReviewedRun[], tx: Tx): Promise<number> {
    const { workspaceId, id, zone } = queue;
    const platformOf = new Map(queue.accounts.map((account) => [account.id, account.platform]));
    const wanted = runs.map((run) => ({ ...run.place, occurrenceId: newId(), run }));
    const got = await this.reservations.reserve(workspaceId, id, wanted, tx);
    const plans = wanted.flatMap(({ occurrenceId, at, run: { post, variation } }) => {
      const targets = (got.get(occurrenceId) ?? []).flatMap((accountId) => {
        const platform = platformOf.get(accountId);
        return platform ? [{ accountId, platform, scheduledAt: at, zone }] : [];
      });
      const source = 'queue' as const;
      return targets.length === 0
        ? []
        : [{ workspaceId, post, source, actor: 'planner', occurrenceId, variation, targets }];
    });
    if (plans.length > 0) await this.scheduleTargets.executeMany(plans, tx);
    return plans.length;
  }
}

/** Every place that may have a run has one: no post need be read. */
const nothingToDo = (queue: StoredQueue, places: readonly ReservedPlace[], span: Span): PlanRound => ({
  planned: 0,
  withdrawn: 0,
  empty: planQueue(queue, [], { places, targets: [] }, span).empty,
});

/** Whether the place may be planned otherwise. A post that is gone or paused gives back what it had. */
const isOpen = ({ isLocked, isUntouched, isWanted, isOver }: ReservedPlace, anew: boolean): boolean =>
  !isLocked && ((isUntouched && (anew || !isWanted)) || (isOver && !isWanted));

const isPlanned = (before: ReservedPlace | undefined, place: PlannedPlace, variation: number): boolean =>
  before !== undefined &&
  !before.isOver &&
  before.postId === place.postId &&
  before.variation === variation &&
  before.at.getTime() === place.at.getTime() &&
  before.accountIds.length === place.accountIds.length &&
  place.accountIds.every((id) => before.accountIds.includes(id));
