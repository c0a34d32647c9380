import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { PlatformNotice } from '../../../platforms/domain/platform-webhook.js';
import { NoticeInbox, type WaitingNotice } from '../../domain/notices/notice-inbox.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

export type GoneNotice = Extract<PlatformNotice, { kind: 'gone' }>;

/**
 * Tells followers, once, that a live post is not public any more; the target stays what it was: published.
 * What goes of another try of the target says nothing about the live one.
 */
@Injectable()
export class TellGone {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: NoticeInbox,
    private readonly store: TargetStore,
    private readonly events: EventLog,
  ) {}

  /** @returns false while the target is not known to be live: the word that it is may still come */
  async execute(waiting: WaitingNotice, notice: GoneNotice): Promise<boolean> {
    const { handle, platformPostId } = notice;
    const place = await this.inbox.attemptOf(waiting.platform, notice);
    if (!place) return false;
    const { targetId } = place;
    return this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(targetId, tx);
      if (target?.status !== 'published') return false;
      if (target.platformHandle !== handle && target.platformPostId !== platformPostId) {
        await this.inbox.settle(waiting, 'ignored', tx);
        return true;
      }
      const happening = {
        status: target.status,
        cause: 'gone',
        ...(platformPostId === undefined ? {} : { platformPostId }),
      };
      await this.events.append([targetEvent('post.gone', target, happening)], tx);
      await this.inbox.settle(waiting, 'applied', tx);
      return true;
    });
  }
}
