import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { refitContent } from '../../domain/targets/frozen-content.js';
import { localTimeIn } from '../../domain/targets/local-time.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type Cause, TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';

/** A target that stands for another one. */
export interface ReplacementPlan {
  readonly origin: TargetRecord;
  readonly accountId: string;
  readonly role: 'reroute' | 'catch_up';
  readonly cause: Cause;
  /** Not before this instant; now when left out or past. */
  readonly notBefore?: Date;
}

/** Creates a replacement of a target on another account (or its own, for a catch-up), due as soon as it may be. */
@Injectable()
export class CreateReplacement {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the new target's id
   * @throws DomainError `target.account_taken` when the account carries the run already; `account.not_found`
   */
  async execute({ origin, accountId, role, cause, notBefore }: ReplacementPlan, tx: Tx): Promise<string> {
    const [account] = await this.accounts.find(origin.workspaceId, [accountId], tx);
    if (!account) throw notFound('account', accountId);
    const now = this.clock.now();
    const earliest = notBefore && notBefore > now ? notBefore : now;
    // A reroute before the due time keeps the promised time.
    const scheduledAt = origin.scheduledAt > earliest ? origin.scheduledAt : earliest;
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
      scheduledAt,
      localTime: localTimeIn(origin.zone, scheduledAt),
      zone: origin.zone,
      spreadSeconds: 0,
      staleAt: origin.staleAt,
      content: refitContent(origin.content, account.platform),
    };
    await this.store.insert([replacement], cause, tx);
    if (role === 'reroute') await this.store.setReplacement(origin.id, id, tx);
    await this.wakeUps.plan([{ targetId: id, version: 1, dueAt: scheduledAt }], tx);
    const payload = {
      targetId: origin.id,
      replacementId: id,
      accountId,
      platform: account.platform,
      role,
      postId: origin.postId,
    };
    const event = { workspaceId: origin.workspaceId, type: 'post.rerouted', subjectId: origin.id, payload };
    await this.events.append(role === 'reroute' ? [event] : [], tx);
    return id;
  }
}
