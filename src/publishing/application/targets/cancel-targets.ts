import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import { CANCELLED, cancelMoveOf, GIVEN_UP } from '../../domain/targets/by-hand.policy.js';
import { notPossible, tooLate } from '../../domain/targets/publishing.errors.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TERMINAL_STATUSES } from '../../domain/targets/target-status.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { SettleHandOff } from '../hand-off/settle-hand-off.js';
import { TargetReader } from './target-reader.js';

/** What to cancel: named targets, or everything of a post that still waits. */
export interface Cancellation {
  readonly workspaceId: string;
  readonly targetIds?: readonly string[];
  readonly postId?: string;
  readonly actor: string;
}

const TOLD = { status: 'cancelled', cause: 'cancelled' };

/** Cancels up to the intent, never after it: both pass the same arbiter. */
@Injectable()
export class CancelTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly reader: TargetReader,
    private readonly journal: AttemptJournal,
    private readonly events: EventLog,
    private readonly handOffs: HandOffs,
    private readonly settleHandOff: SettleHandOff,
  ) {}

  /**
   * @returns the ids that are cancelled now
   * @throws DomainError `target.too_late` when one is being published, `target.not_possible`, `target.not_found`
   */
  async execute(cancellation: Cancellation, tx: Tx): Promise<readonly string[]> {
    const ids = await this.idsOf(cancellation, tx);
    const cancelled: string[] = [];
    for (const id of ids) {
      const target = await this.store.lock(id, tx);
      if (!target || target.workspaceId !== cancellation.workspaceId) throw notFound('target', id);
      const whole = cancellation.postId !== undefined;
      if (target.status === 'cancelled' || (whole && TERMINAL_STATUSES.includes(target.status))) continue;
      await this.cancel(target, cancellation.actor, tx);
      await this.events.append([targetEvent('post.cancelled', target, TOLD)], tx);
      cancelled.push(id);
    }
    return cancelled;
  }

  private async idsOf({ workspaceId, targetIds, postId }: Cancellation, tx: Tx): Promise<readonly string[]> {
    if (postId === undefined) return targetIds ?? [];
    const targets = (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
    return targets.map((target) => target.id);
  }

  private async cancel(target: TargetRecord, actor: string, tx: Tx): Promise<void> {
    const { id: targetId, status, version } = target;
    switch (cancelMoveOf(status)) {
      case 'take_version':
        if (!(await this.store.takeVersion({ targetId, version }, 'cancel', tx))) throw tooLate(targetId);
        return this.store.apply({ target, step: CANCELLED, cause: { actor } }, tx);
      case 'give_up':
        return this.giveUp(target, actor, tx);
      case 'too_late':
        return this.skipHandOff(target, actor, tx);
      case 'not_possible':
        throw notPossible(targetId, status, 'cancelled');
      case 'done':
    }
  }

  /** What waits for a person's hand has not gone out: cancelling it is their "skip". Any call is too late. */
  private async skipHandOff({ id, workspaceId }: TargetRecord, actor: string, tx: Tx): Promise<void> {
    const handOffId = await this.handOffs.openOf(id, tx);
    if (handOffId === undefined) throw tooLate(id);
    await this.settleHandOff.execute(handOffId, { event: 'skip', by: actor }, tx, workspaceId);
  }

  private async giveUp(target: TargetRecord, actor: string, tx: Tx): Promise<void> {
    const open = await this.journal.openOf(target.id, tx);
    const attempt = open ? { attemptId: open.id } : {};
    await this.store.apply({ target, step: GIVEN_UP, cause: { actor }, ...attempt }, tx);
  }
}
