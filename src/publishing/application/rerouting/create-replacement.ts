import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { refitContent } from '../../domain/targets/frozen-content.js';
import { localTimeIn } from '../../domain/targets/local-time.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type Cause, type NewTarget, TargetStore } from '../../domain/targets/target-store.port.js';
import { InsertTargets } from '../targets/insert-targets.js';
import { AdmitFallback } from './admit-fallback.js';

/** A target that stands for another one. */
export interface ReplacementPlan {
  readonly origin: TargetRecord;
  readonly accountId: string;
  readonly role: 'reroute' | 'catch_up';
  readonly cause: Cause;
  /** Routing chose the account: its place is asked for once more, under the account's lock. */
  readonly isRouted?: true;
}

/** Creates a replacement of a target on another account (or its own, for a catch-up), due as soon as it may be. */
@Injectable()
export class CreateReplacement {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly insert: InsertTargets,
    private readonly store: TargetStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
    private readonly admit: AdmitFallback,
  ) {}

  /**
   * @returns the new target's id
   * @throws DomainError `target.account_taken` when the account carries the run already; `account.not_found`;
   *   `target.fallback_lost` when its place went to another
   */
  async execute({ origin, accountId, role, cause, isRouted }: ReplacementPlan, tx: Tx): Promise<string> {
    if (isRouted) await this.admit.execute(origin, accountId, tx);
    const [account] = await this.accounts.find(origin.workspaceId, [accountId], tx);
    if (!account) throw notFound('account', accountId);
    const now = this.clock.now();
    // A reroute before the due time keeps the promised time.
    const scheduledAt = origin.scheduledAt > now ? origin.scheduledAt : now;
    const id = newId();
    const replacement = {
      id,
      workspaceId: origin.workspaceId,
      postId: origin.postId,
      occurrenceId: origin.occurrenceId,
      accountId,
      platform: account.platform,
      role,
      rootId: origin.rootId,
      standsFor: origin.id,
      scheduledAt,
      localTime: localTimeIn(origin.zone, scheduledAt),
      zone: origin.zone,
      spreadSeconds: 0,
      staleAt: origin.staleAt,
      content: refitContent(origin.content, account.platform),
    };
    await this.insert.execute([replacement], cause, tx);
    if (role === 'reroute') await this.handOver(origin, replacement, tx);
    return id;
  }

  private async handOver(
    origin: TargetRecord,
    { id: targetId, accountId, platform }: NewTarget,
    tx: Tx,
  ): Promise<void> {
    await this.store.setReplacement(origin.id, targetId, tx);
    // In doubt the origin stays as it is, and its checks go on.
    const status = origin.status === 'scheduled' || origin.status === 'held' ? 'rerouted' : origin.status;
    const moved = { status, cause: 'rerouted', replacement: { targetId, accountId, platform } };
    await this.events.append([targetEvent('post.rerouted', origin, moved)], tx);
  }
}
