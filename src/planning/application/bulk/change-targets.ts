import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetStatus } from '../../../publishing/domain/targets/target-status.js';
import type { TargetChoice, TimedTarget } from '../../../publishing/domain/targets/target-times.port.js';
import { CANCELLABLE, CancelMany, MoveTargets, TargetTimes } from '../../../publishing/index.js';
import { batchTooLarge, intoPast, MAX_BATCH_TARGETS, noShift } from '../../domain/bulk/batch.errors.js';
import { paced, type Shift, shifted } from '../../domain/bulk/shift.js';
import type { Caller } from '../create-post.js';

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
  readonly items: readonly BatchItem[];
}

/** Moves, sends again and cancels many targets at once. */
@Injectable()
export class ChangeTargets {
  constructor(
    private readonly times: TargetTimes,
    private readonly moves: MoveTargets,
    private readonly cancels: CancelMany,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `batch.no_shift`, `batch.too_large`, `schedule.in_past`; nothing moves then */
  async shift(caller: Caller, batch: TargetBatch, by: Shift, tx: Tx): Promise<BatchResult> {
    if (by.days === 0 && by.minutes === 0) throw noShift();
    const targets = await this.pick(caller, batch, ['scheduled', 'held'], tx);
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
    const targets = await this.pick(caller, batch, ['failed', 'missed'], tx);
    const pace = { start: startAt ?? this.clock.now(), everyMs: everyMinutes * MINUTE_MS };
    const times = paced(targets, { ...pace, placeOf: ({ accountId }) => accountId });
    const items = times.map(({ thing, at }) => ({ ...itemOf(thing), to: at }));
    return this.move(caller, batch, items, tx);
  }

  /** @throws DomainError `batch.too_large` */
  async cancel({ workspaceId, actor }: Caller, batch: TargetBatch, tx: Tx): Promise<BatchResult> {
    const targets = await this.pick({ workspaceId, actor }, batch, CANCELLABLE, tx);
    const items = targets.map(itemOf);
    if (batch.isDryRun) return { matched: items.length, changed: items.length, tooLate: 0, items };
    const targetIds = items.map(({ targetId }) => targetId);
    const { cancelled, tooLate } = await this.cancels.execute({ workspaceId, targetIds, actor }, tx);
    return { matched: items.length, changed: cancelled.length, tooLate: tooLate.length, items };
  }

  private async pick(
    { workspaceId }: Caller,
    { choice }: TargetBatch,
    statuses: readonly TargetStatus[],
    tx: Tx,
  ): Promise<TimedTarget[]> {
    const found = await this.times.pick(workspaceId, choice, { statuses, limit: MAX_BATCH_TARGETS + 1 }, tx);
    if (found.length > MAX_BATCH_TARGETS) throw batchTooLarge(MAX_BATCH_TARGETS);
    return found;
  }

  private async move(
    { workspaceId, actor }: Caller,
    { isDryRun }: TargetBatch,
    items: readonly (BatchItem & { readonly to: Date })[],
    tx: Tx,
  ): Promise<BatchResult> {
    const past = items.filter(({ to }) => to.getTime() < this.clock.now().getTime() - MINUTE_MS).length;
    if (past > 0) throw intoPast(past);
    if (isDryRun) return { matched: items.length, changed: items.length, tooLate: 0, items };
    const moves = items.map(({ targetId, to }) => ({ targetId, at: to }));
    const { moved, tooLate } = await this.moves.execute({ workspaceId, moves, actor }, tx);
    return { matched: items.length, changed: moved.length, tooLate: tooLate.length, items };
  }
}

const itemOf = ({ id, postId, scheduledAt }: TimedTarget): BatchItem => ({ targetId: id, postId, from: scheduledAt });
