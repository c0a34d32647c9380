import { Injectable } from '@nestjs/common';
import { MailTransport } from '../../../infra/mail/mail-transport.js';
import { Clock } from '../../../kernel/clock.port.js';
import { addressIn } from '../../domain/sending/mail-identity.js';
import { type Mail, type MailDelivery, Mailer } from '../../domain/sending/mailer.port.js';
import { type DkimCredentials, type DkimKey, dkimKey } from '../../domain/sending/dkim.js';
import { writeMessage } from '../../domain/sending/write-message.js';

/** The instance's signing key, from the configuration; signs only what is sent in the name of its own domain. */
export class InstanceDkim {
  private key: DkimKey | undefined;

  constructor(readonly credentials: DkimCredentials | undefined) {}

  /** @param from address or `Name <address>` */
  keyFor(from: string): DkimKey | undefined {
    const { credentials } = this;
    const domain = addressIn(from).split('@').at(-1)?.toLowerCase();
    if (!credentials || domain === undefined) return undefined;
    const isOwn = domain === credentials.domain || domain.endsWith(`.${credentials.domain}`);
    return isOwn ? (this.key ??= dkimKey(credentials)) : undefined;
  }
}

/** Single mails, such as the one that asks for a confirmation, by the instance's first server. */
@Injectable()
export class SmtpMailer extends Mailer {
  constructor(
    private readonly transport: MailTransport,
    private readonly dkim: InstanceDkim,
    private readonly clock: Clock,
  ) {
    super();
  }

  override get isConfigured(): boolean {
    return this.transport.isConfigured;
  }

  send(mail: Mail): Promise<MailDelivery> {
    const raw = writeMessage(mail, this.clock.now(), this.dkim.keyFor(mail.from));
    return this.transport.sendRaw({ from: addressIn(mail.from), to: mail.to, raw });
  }
}
