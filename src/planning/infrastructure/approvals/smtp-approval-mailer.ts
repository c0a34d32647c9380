import type { MailTransport } from '../../../infra/mail/mail-transport.js';
import type { ApprovalMail } from '../../domain/approvals/approval-mail.js';
import { ApprovalMailer, type ApprovalMailOutcome } from '../../domain/approvals/approval-mails.port.js';

/** The mailer over the SMTP pool. */
export class SmtpApprovalMailer extends ApprovalMailer {
  constructor(private readonly transport: MailTransport) {
    super();
  }

  override get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  send(mail: ApprovalMail): Promise<ApprovalMailOutcome> {
    return this.transport.send(mail);
  }

  /** Ends the connections. */
  onApplicationShutdown(): void {
    this.transport.onApplicationShutdown();
  }
}
