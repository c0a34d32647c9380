import type { MailTransport } from '../../../infra/mail/mail-transport.js';
import type { AccessMail } from '../../domain/members/access-mail.js';
import { AccessMailer, type AccessMailOutcome } from '../../domain/members/access-mails.port.js';

/** The mailer over the SMTP pool. */
export class SmtpAccessMailer extends AccessMailer {
  constructor(private readonly transport: MailTransport) {
    super();
  }

  override get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  send(mail: AccessMail): Promise<AccessMailOutcome> {
    return this.transport.send(mail);
  }

  /** Ends the connections. */
  onApplicationShutdown(): void {
    this.transport.onApplicationShutdown();
  }
}
