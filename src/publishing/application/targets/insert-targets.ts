import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { type Cause, type NewTarget, TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { DressLinks } from './dress-links.js';

/** Stores new targets, tells followers, and plans their wake-ups. */
@Injectable()
export class InsertTargets {
  constructor(
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly links: DressLinks,
  ) {}

  /** @throws DomainError `target.account_taken` when an account carries the run already */
  async execute(targets: readonly NewTarget[], cause: Cause, tx: Tx): Promise<void> {
    await this.store.insert(await this.links.execute(targets, tx), cause, tx);
    await this.events.append(
      targets.map((target) => targetEvent('post.scheduled', target, { status: 'scheduled', cause: target.role })),
      tx,
    );
    const wakeUps = targets.map((target) => ({ targetId: target.id, version: 1, dueAt: target.scheduledAt }));
    await this.wakeUps.plan(wakeUps, tx);
  }
}
