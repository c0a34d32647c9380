import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { AUTOMATIC_APPROVER } from '../domain/broadcast.js';
import { Notices } from '../domain/broadcasts.port.js';
import { Mailer } from '../domain/mailer.port.js';
import { MailSettings } from '../domain/mail-settings.js';
import { StartBroadcast } from './start-broadcast.js';

/** A notice that could not go out by itself; it stays a draft. */
export interface RefusedNotice {
  readonly broadcastId: string;
  readonly code: string;
}

/** Sends the blackout notices that workspaces let go out by themselves, once their time has come. */
@Injectable()
export class StartDueNotices {
  constructor(
    private readonly notices: Notices,
    private readonly start: StartBroadcast,
    private readonly unitOfWork: UnitOfWork,
    private readonly mailer: Mailer,
    private readonly settings: MailSettings,
  ) {}

  async runOnce(): Promise<{ readonly started: number; readonly refused: readonly RefusedNotice[] }> {
    if (!this.mailer.isConfigured) return { started: 0, refused: [] };
    const refused: RefusedNotice[] = [];
    const due = await this.notices.due(this.settings.timing.scale);
    for (const { workspaceId, id } of due) {
      try {
        await this.unitOfWork.run((tx) => this.start.execute({ workspaceId, id, actor: AUTOMATIC_APPROVER }, tx));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refused.push({ broadcastId: id, code: error.code });
      }
    }
    return { started: due.length - refused.length, refused };
  }
}
