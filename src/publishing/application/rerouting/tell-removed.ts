import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RemovalDue } from '../../domain/rerouting/removals.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

/** Tells followers that a late copy was taken down; the target stays what it was: published, late. */
@Injectable()
export class TellRemoved {
  constructor(
    private readonly store: TargetStore,
    private readonly events: EventLog,
  ) {}

  async execute({ targetId, platformPostId }: RemovalDue, tx: Tx): Promise<void> {
    const target = await this.store.lock(targetId, tx);
    if (!target) return;
    const happening = { status: target.status, cause: 'late_copy_removed', platformPostId };
    await this.events.append([targetEvent('post.removed', target, happening)], tx);
  }
}
