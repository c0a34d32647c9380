import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetStatus } from '../../../publishing/domain/targets/target-status.js';
import type { TargetChoice, TimedTarget } from '../../../publishing/domain/targets/target-times.port.js';
import { CANCELLABLE, CancelMany, MoveTargets, TargetTimes } from '../../../publishing/index.js';
import {
  batchTooLarge,
  intoPast,
  MAX_BATCH_TARGETS,
  MAX_RETURNED_TARGETS,
  noShift,
} from '../../domain/bulk/batch.errors.js';
import { paced, type Shift, shifted } from '../../domain/bulk/shift.js';
import type { Caller } from '../create-post.js';
import { PlaceLostRuns } from './place-lost-runs.js';

/** A slot that begins sooner is gone. */
const LEAD_MS = 2 * MINUTE_MS;

/** Which targets, and whether to say only what would happen. */
export interface TargetBatch {
  readonly choice: TargetChoice;
  readonly isDryRun: boolean;
}

/** One target's part in a batch. */
export interface BatchItem {
  readonly targetId: string;
  readonly postId: string;
  readonly from: Date;
  /** Absent when it is cancelled. */
  readonly to?: Date;
  /** What clocks do at the new time, where they do something. */
  readonly hint?: 'gap' | 'overlap';
}

/** What a batch did, or would do. */
export interface BatchResult {
  readonly matched: number;
  readonly changed: number;
  /** Being published already; left alone. */
  readonly tooLate: number;
  /** Those that are changed, or would be. */
  readonly items: readonly BatchItem[];
  /** Chosen, but left as they are: being published already, over, or not there. */
  readonly leftAlone: readonly string[];
  /** Of those sent back to their queue: planned by none, or without a free slot; left alone. */
  readonly unplaced?: number;
}

/** Moves, sends again and cancels many targets at once. */
@Injectable()
export class ChangeTargets {
  constructor(
    private readonly times: TargetTimes,
    private readonly moves: MoveTargets,
    private readonly cancels: CancelMany,
    private readonly places: PlaceLostRuns,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `batch.no_shift`, `batch.too_large`, `schedule.in_past`; nothing moves then */
  async shift(caller: Caller, batch: TargetBatch, by: Shift, tx: Tx): Promise<BatchResult> {
    if (by.days === 0 && by.minutes === 0) throw noShift();
    const targets = await this.pick(caller, batch, { statuses: ['scheduled', 'held'] }, tx);
    const items = targets.map((target) => {
      const { at, found } = shifted(target.localTime, target.zone, by);
      return { ...itemOf(target), to: at, ...(found === 'exact' ? {} : { hint: found }) };
    });
    return this.move(caller, batch, items, tx);
  }

  /**
   * What failed or was missed goes out again, one after the other on each account.
   * @throws DomainError `batch.too_large`, `schedule.in_past`; nothing moves then
   */
  async requeue(
    caller: Caller,
    batch: TargetBatch,
    { startAt, everyMinutes }: { readonly startAt?: Date; readonly everyMinutes: number },
    tx: Tx,
  ): Promise<BatchResult> {
    const targets = await this.pick(caller, batch, { statuses: ['failed', 'missed'] }, tx);
    const pace = { start: startAt ?? this.clock.now(), everyMs: everyMinutes * MINUTE_MS };
    const times = paced(targets, { ...pace, placeOf: ({ accountId }) => accountId });
    const items = times.map(({ thing, at }) => ({ ...itemOf(thing), to: at }));
    return this.move(caller, batch, items, tx);
  }

  /**
   * What failed or was missed takes the next free slot of the queue that had planned it.
   * @throws DomainError `batch.too_large`; nothing moves then
   */
  async returnToQueue(caller: Caller, batch: TargetBatch, startAt: Date | undefined, tx: Tx): Promise<BatchResult> {
    const { workspaceId } = caller;
    const targets = await this.pick(caller, batch, { statuses: ['failed', 'missed'], most: MAX_RETURNED_TARGETS }, tx);
    const from = plusMs(this.clock.now(), LEAD_MS);
    const ids = targets.map(({ id }) => id);
    const start = startAt && startAt > from ? startAt : from;
    const found = await this.places.find(workspaceId, ids, start, tx);
    const placed = batch.isDryRun ? found : await this.places.take(workspaceId, found, tx);
    const placeOf = new Map(placed.flatMap(({ run, place }) => run.targets.map(({ id }) => [id, place.at])));
    const items = targets.flatMap((target) => {
      const to = placeOf.get(target.id);
      return to ? [{ ...itemOf(target), to }] : [];
    });
    const result = await this.move(caller, batch, items, tx);
    return { ...result, matched: targets.length, unplaced: targets.length - items.length };
  }

  /** @throws DomainError `batch.too_large` */
  async cancel({ workspaceId, actor }: Caller, batch: TargetBatch, tx: Tx): Promise<BatchResult> {
    const targets = await this.pick({ workspaceId, actor }, batch, { statuses: CANCELLABLE }, tx);
    const items = targets.map(itemOf);
    if (batch.isDryRun) return resultOf(batch, items);
    const targetIds = items.map(({ targetId }) => targetId);
    const { cancelled, tooLate } = await this.cancels.execute({ workspaceId, targetIds, actor }, tx);
    return resultOf(batch, items, { changed: cancelled, tooLate });
  }

  private async pick(
    { workspaceId }: Caller,
    { choice }: TargetBatch,
    { statuses, most = MAX_BATCH_TARGETS }: { readonly statuses: readonly TargetStatus[]; readonly most?: number },
    tx: Tx,
  ): Promise<TimedTarget[]> {
    const found = await this.times.pick(workspaceId, choice, { statuses, limit: most + 1 }, tx);
    if (found.length > most) throw batchTooLarge(most);
    return found;
  }

  private async move(
    { workspaceId, actor }: Caller,
    batch: TargetBatch,
    items: readonly (BatchItem & { readonly to: Date })[],
    tx: Tx,
  ): Promise<BatchResult> {
    const past = items.filter(({ to }) => to.getTime() < this.clock.now().getTime() - MINUTE_MS).length;
    if (past > 0) throw intoPast(past);
    if (batch.isDryRun) return resultOf(batch, items);
    const moves = items.map(({ targetId, to }) => ({ targetId, at: to }));
    const { moved, tooLate } = await this.moves.execute({ workspaceId, moves, actor }, tx);
    return resultOf(batch, items, { changed: moved, tooLate });
  }
}

const itemOf = ({ id, postId, scheduledAt }: TimedTarget): BatchItem => ({ targetId: id, postId, from: scheduledAt });

/** What was done to the targets that fit; without it: what would be done. */
interface Done {
  readonly changed: readonly string[];
  readonly tooLate: readonly string[];
}

const resultOf = ({ choice }: TargetBatch, fitting: readonly BatchItem[], done?: Done): BatchResult => {
  const ids = fitting.map(({ targetId }) => targetId);
  const changed = new Set(done?.changed ?? ids);
  return {
    matched: fitting.length,
    changed: changed.size,
    tooLate: done?.tooLate.length ?? 0,
    items: fitting.filter(({ targetId }) => changed.has(targetId)),
    leftAlone: (choice.targetIds ?? ids).filter((id) => !changed.has(id)),
  };
};
