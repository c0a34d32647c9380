import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { ApprovalMails } from '../../domain/approvals/approval-mails.port.js';
import { newsOf } from '../../domain/approvals/approval-news.js';
import { PlanningSettings } from '../../planning-settings.js';

/** Where mail was off for long, nobody is told of what is over. */
const TOO_OLD_MS = DAY_MS;

/** An event of the outbox. */
type Happened = Parameters<typeof newsOf>[0] & { readonly at: Date };

/** Turns events into mails that gather for their readers. */
@Injectable()
export class GatherApprovalNews {
  constructor(
    private readonly mails: ApprovalMails,
    private readonly settings: PlanningSettings,
    private readonly clock: Clock,
  ) {}

  async execute(events: readonly Happened[], tx: Tx): Promise<void> {
    const now = this.clock.now().getTime();
    const news = events.filter(({ at }) => now - at.getTime() < TOO_OLD_MS).flatMap((event) => newsOf(event) ?? []);
    if (news.length > 0) await this.mails.gather(news, this.settings.timing.approvalGatherMs, tx);
  }
}
