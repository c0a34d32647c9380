import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { type Cause, type NewTarget, TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { AskApproval } from '../approvals/ask-approval.js';
import { DressLinks } from './dress-links.js';

/** Stores new targets, those that need an approval as held, tells followers, and plans wake-ups. */
@Injectable()
export class InsertTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly links: DressLinks,
    private readonly approval: AskApproval,
  ) {}

  /**
   * @returns them as they were stored, in the same order
   * @throws DomainError `target.account_taken` when an account carries the run already
   */
  async execute(targets: readonly NewTarget[], cause: Cause, tx: Tx): Promise<readonly NewTarget[]> {
    const stored = await this.approval.judge(await this.links.execute(targets, tx), tx);
    await this.store.insert(stored, cause, tx);
    const going = stored.filter(({ approval }) => approval?.state !== 'waiting');
    await this.events.append(
      going.map((target) => targetEvent('post.scheduled', target, { status: 'scheduled', cause: target.role })),
      tx,
    );
    await this.approval.requested(stored, cause.actor, tx);
    const wakeUps = going.map((target) => ({ targetId: target.id, version: 1, dueAt: target.scheduledAt }));
    await this.wakeUps.plan(wakeUps, tx);
    return stored;
  }
}
