import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { AnnouncementStep } from '../../domain/rerouting/announcement.policy.js';
import type { NewAnnouncement } from '../../domain/rerouting/announcements.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

/** Tells followers that a message with the live links went out; the moved target itself does not change. */
@Injectable()
export class TellAnnounced {
  constructor(
    private readonly store: TargetStore,
    private readonly events: EventLog,
  ) {}

  async execute({ rootId }: NewAnnouncement, { permalink }: AnnouncementStep, tx: Tx): Promise<void> {
    const target = await this.store.lock(rootId, tx);
    if (!target) return;
    const happening = { status: target.status, cause: 'announced', ...(permalink === undefined ? {} : { permalink }) };
    await this.events.append([targetEvent('post.announced', target, happening)], tx);
  }
}
