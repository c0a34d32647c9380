import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../kernel/durations.js';
import { GatherApprovalNews } from '../../application/approvals/gather-approval-news.js';
import { SendApprovalMails } from '../../application/approvals/send-approval-mails.js';
import { ApprovalMails } from '../../domain/approvals/approval-mails.port.js';

const CONSUMER = 'planning.approval_mails';
const EVENTS = 1_000;
const EVERY_MS = 2 * SECOND_MS;
const KEEP_MS = 30 * DAY_MS;

/** From the outbox into members' mailboxes; in one process of the cluster. */
@Injectable()
export class ApprovalMailsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly gather: GatherApprovalNews,
    private readonly sender: SendApprovalMails,
    private readonly mails: ApprovalMails,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('planning.approval_mails', EVERY_MS, () => this.runOnce());
    this.ticks.everyInCluster('planning.purge_approval_mails', HOUR_MS, () => this.mails.purge(KEEP_MS));
  }

  /** @returns how many mails were tried */
  async runOnce(): Promise<number> {
    if (!this.sender.isOn) {
      await this.outbox.dismiss(CONSUMER);
      return 0;
    }
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume(CONSUMER, EVENTS, (events, tx) => this.gather.execute(events, tx));
    return this.sender.runOnce();
  }
}
