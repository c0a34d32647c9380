import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { notPossible, tooLate } from '../../domain/targets/publishing.errors.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TERMINAL_STATUSES } from '../../domain/targets/target-status.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { TargetReader } from './target-reader.js';

/** What to cancel: named targets, or everything of a post that still waits. */
export interface Cancellation {
  readonly workspaceId: string;
  readonly targetIds?: readonly string[];
  readonly postId?: string;
  readonly actor: string;
}

const CANCELLED = { status: 'cancelled', cause: 'cancelled' };

/** Cancels up to the intent, never after it: both pass the same arbiter. */
@Injectable()
export class CancelTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly reader: TargetReader,
    private readonly journal: AttemptJournal,
    private readonly events: EventLog,
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
      await this.events.append([targetEvent('post.cancelled', target, CANCELLED)], tx);
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
    if (target.status === 'publishing' || target.status === 'unconfirmed') throw tooLate(target.id);
    if (!['draft', 'scheduled', 'held', 'needs_decision'].includes(target.status))
      throw notPossible(target.id, target.status, 'cancelled');
    if (target.status === 'needs_decision') return this.giveUp(target, actor, tx);
    if (!(await this.store.takeVersion({ targetId: target.id, version: target.version }, 'cancel', tx)))
      throw tooLate(target.id);
    const step = { cause: 'cancelled', target: { status: 'cancelled', nextCheckAt: null }, effects: [] } as const;
    await this.store.apply({ target, step, cause: { actor } }, tx);
  }
  /** Its version belongs to the call in doubt; a person says it does not matter any more, and the account is free. */
  private async giveUp(target: TargetRecord, actor: string, tx: Tx): Promise<void> {
    const open = await this.journal.openOf(target.id, tx);
    const step = {
      cause: 'given_up_by_hand',
      target: { status: 'cancelled', nextCheckAt: null },
      attempt: { state: 'abandoned' },
      effects: [],
    } as const;
    await this.store.apply({ target, step, cause: { actor }, ...(open ? { attemptId: open.id } : {}) }, tx);
  }
}
