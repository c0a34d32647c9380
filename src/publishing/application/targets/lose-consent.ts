import { Injectable } from '@nestjs/common';
import { AccountTrouble } from '../../../accounts/index.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { PlatformNotice } from '../../../platforms/domain/platform-webhook.js';
import { NoticeInbox, type WaitingNotice } from '../../domain/notices/notice-inbox.port.js';

export type ConsentNotice = Extract<PlatformNotice, { kind: 'consent_lost' }>;

/** Takes every account of an identity out until it is connected again. */
@Injectable()
export class LoseConsent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: NoticeInbox,
    private readonly trouble: AccountTrouble,
  ) {}

  async execute(waiting: WaitingNotice, { externalId, reason, at }: ConsentNotice): Promise<void> {
    const { platform } = waiting;
    const accounts = await this.inbox.accountsWithout({ platform, externalId, lostAt: at });
    await this.unitOfWork.run(async (tx) => {
      for (const accountId of accounts) await this.trouble.needsReconnect(accountId, reason, tx);
      await this.inbox.settle(waiting, accounts.length > 0 ? 'applied' : 'ignored', tx);
    });
  }
}
