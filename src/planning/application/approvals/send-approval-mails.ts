import { Logger } from '@nestjs/common';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { approvalMail, type ApprovalMailDue } from '../../domain/approvals/approval-mail.js';
import type { ApprovalMailer, ApprovalMails } from '../../domain/approvals/approval-mails.port.js';

const BATCH = 20;
const FIRST_RETRY_MS = 30 * SECOND_MS;
const LONGEST_RETRY_MS = 30 * MINUTE_MS;
/** With the waits between them some three hours. */
const MAX_TRIES = 12;

/** Sends what members are told about approvals. In doubt a mail counts as sent: nobody is written to twice. */
export class SendApprovalMails {
  private readonly logger = new Logger('Approvals');

  constructor(
    private readonly mails: ApprovalMails,
    private readonly mailer: ApprovalMailer,
    private readonly settings: { readonly publicUrl: () => string; readonly from: string },
  ) {}

  /** False: nobody can be told. */
  get isOn(): boolean {
    return this.mailer.isConfigured;
  }

  /** @returns how many mails were tried */
  async runOnce(): Promise<number> {
    const due = await this.mails.claim(BATCH);
    await Promise.all(due.map((mail) => this.send(mail)));
    return due.length;
  }

  private async send(due: ApprovalMailDue): Promise<void> {
    const { publicUrl, from } = this.settings;
    const outcome = await this.mailer.send(approvalMail(due, { publicUrl: publicUrl(), from }));
    if (outcome.kind === 'accepted') return this.mails.end(due.id, { state: 'sent', reply: outcome.reply });
    if (outcome.kind === 'unknown') return this.mails.end(due.id, { state: 'unknown', reply: outcome.detail });
    const { reply, lasting } = outcome;
    this.logger.warn({ id: due.id, about: due.about, reply }, 'A mail about approvals was not accepted');
    if (lasting === 'permanent' || due.tries >= MAX_TRIES) return this.mails.end(due.id, { state: 'failed', reply });
    return this.mails.again(due.id, Math.min(FIRST_RETRY_MS * 2 ** (due.tries - 1), LONGEST_RETRY_MS), reply);
  }
}
