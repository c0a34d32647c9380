import { Injectable } from '@nestjs/common';
import { MailTransport } from '../../../infra/mail/mail-transport.js';
import {
  type HandOffMail,
  HandOffMailer,
  type HandOffMailOutcome,
} from '../../domain/hand-off/hand-off-mailer.port.js';

/** The mailer over the SMTP pool. */
@Injectable()
export class SmtpHandOffMailer extends HandOffMailer {
  constructor(private readonly transport: MailTransport) {
    super();
  }

  override get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  send(mail: HandOffMail): Promise<HandOffMailOutcome> {
    return this.transport.send(mail);
  }
}
