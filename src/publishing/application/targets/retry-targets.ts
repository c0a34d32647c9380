import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { retriedByHand } from '../../domain/targets/by-hand.policy.js';
import { isUnapproved } from '../../domain/approvals/approval-state.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { AskApproval } from '../approvals/ask-approval.js';
import { TargetReader } from './target-reader.js';

/** A person's retry gives the target this much time before it is stale again, at least. */
const FRESH_FOR_MS = HOUR_MS;

/** Sends failed and missed targets of a post again, because a person asks for it; what was never approved waits for that. */
@Injectable()
export class RetryTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly reader: TargetReader,
    private readonly wakeUps: WakeUps,
    private readonly engine: Engine,
    private readonly events: EventLog,
    private readonly approval: AskApproval,
  ) {}

  /** @throws DomainError `post.nothing_to_retry` */
  async execute(retry: { workspaceId: string; postId: string; actor: string }, tx: Tx): Promise<readonly string[]> {
    const targets = (await this.reader.forPosts(retry.workspaceId, [retry.postId], tx)).get(retry.postId) ?? [];
    const again = targets.filter((target) => target.status === 'failed' || target.status === 'missed');
    if (again.length === 0)
      throw new DomainError('conflict', 'post.nothing_to_retry', 'No target of this post has failed or was missed.');
    for (const { id } of again) await this.retry(id, retry.actor, tx);
    return again.map((target) => target.id);
  }

  private async retry(targetId: string, actor: string, tx: Tx): Promise<void> {
    const target = await this.store.lock(targetId, tx);
    if (!target) return;
    const now = this.engine.now();
    const staleAt = plusMs(now, this.engine.waitMs(FRESH_FOR_MS));
    await this.store.extendStale(targetId, staleAt, tx);
    if (isUnapproved(target.approval)) return this.approval.retried(target, later(target.staleAt, staleAt), actor, tx);
    const step = retriedByHand(now);
    await this.store.apply({ target, step, cause: { actor } }, tx);
    await this.events.append([targetEvent('post.scheduled', target, happeningOf(step))], tx);
    await this.wakeUps.plan([{ targetId, version: target.version + 1, dueAt: now }], tx);
  }
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
