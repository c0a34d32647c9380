import { Injectable } from '@nestjs/common';
import { MailTransport } from '../../infra/mail/mail-transport.js';
import { type Mail, type MailDelivery, Mailer } from '../domain/mailer.port.js';

/** The mailer over the SMTP pool. */
@Injectable()
export class SmtpMailer extends Mailer {
  constructor(private readonly transport: MailTransport) {
    super();
  }

  override get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  send(mail: Mail): Promise<MailDelivery> {
    return this.transport.send(mail);
  }
}
