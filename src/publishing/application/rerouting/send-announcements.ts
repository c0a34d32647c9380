import { Injectable, Logger } from '@nestjs/common';
import { derivedId } from '../../../kernel/ids.js';
import { plusMs } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import {
  ANNOUNCE_FOR_MS,
  announcementOf,
  CALL_LOST_MS,
  settleAnnouncement,
} from '../../domain/rerouting/announcement.policy.js';
import { type AnnouncementDue, Announcements } from '../../domain/rerouting/announcements.port.js';
import { Engine } from '../engine.js';
import { PlatformAccess } from '../firing/platform-access.js';
import { TellAnnounced } from './tell-announced.js';

const BATCH = 20;
/** One message; well below `CALL_LOST_MS`. */
const CALL_TIMEOUT_MS = 30_000;

/** Sends due messages: the intent is committed first, and a doubtful one is never sent again. */
@Injectable()
export class SendAnnouncements {
  private readonly logger = new Logger('Announce');

  constructor(
    private readonly announcements: Announcements,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly told: TellAnnounced,
    private readonly engine: Engine,
  ) {}

  /** @returns how many messages were tried */
  async runOnce(): Promise<number> {
    const due = await this.announcements.due(BATCH, ANNOUNCE_FOR_MS);
    for (const message of due) await this.send(message);
    return due.length;
  }

  private async send(message: AnnouncementDue): Promise<void> {
    const text = announcementOf(
      message.caption,
      message.links.map(({ platform, permalink }) => {
        const { displayName } = this.platforms.get(platform).capabilities();
        return { platformName: displayName, permalink };
      }),
    );
    if (!(await this.announcements.intend(message, text, CALL_LOST_MS))) return;
    const outcome = await this.call(message, text);
    const step = settleAnnouncement(outcome, plusMs(message.createdAt, ANNOUNCE_FOR_MS), this.engine.now());
    await this.unitOfWork.run(async (tx) => {
      await this.announcements.settle(message, step, tx);
      if (step.state === 'sent') await this.told.execute(message, step, tx);
    });
    this.logger.log({ targetId: message.rootId, state: step.state }, 'A moved post was announced');
  }

  private async call({ rootId, accountId, platform }: AnnouncementDue, text: string): Promise<CommitOutcome> {
    const context = await this.access.contextOf(accountId, AbortSignal.timeout(CALL_TIMEOUT_MS)).catch(() => undefined);
    if (!context) return { kind: 'unavailable', detail: 'The account has no credentials to speak with.' };
    const marker = derivedId('announce', rootId, accountId);
    const outcome = await this.platforms.get(platform).announce(context, { text, marker }).catch(asUnknown);
    // The next try needs another token than the refused one.
    if (outcome.kind === 'unauthorised' && !outcome.reconnect) await this.access.renewed(context);
    return outcome;
  }
}

/** An adapter that throws in the call is a bug, and its effect is unknown. */
const asUnknown = (error: unknown): CommitOutcome => ({ kind: 'unknown', detail: String(error) });
