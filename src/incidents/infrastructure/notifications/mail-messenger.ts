import type { MailTransport } from '../../../infra/mail/mail-transport.js';
import { links, type Message } from '../../domain/notifications/message.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';

/** As whom we write. */
export interface MailSender {
  readonly from: string;
  /** Part of the Message-ID. */
  readonly domain: string;
}

/** Messages by e-mail over the SMTP pool. */
export class MailMessenger {
  constructor(
    private readonly transport: MailTransport,
    private readonly sender: MailSender,
    private readonly publicUrl: () => string,
  ) {}

  get canMail(): boolean {
    return this.transport.isConfigured;
  }

  /** @param name the same for every try of one message: servers and readers can then drop a repetition */
  async send(to: string, message: Message, name: string, channelName?: string): Promise<SendResult> {
    const foot =
      channelName === undefined
        ? ''
        : `\n\n-- \nSent to the channel “${channelName}”. Change what is told, or stop it: ${links.channels(this.publicUrl())}`;
    const outcome = await this.transport.send({
      from: this.sender.from,
      to,
      subject: message.subject,
      text: `${message.text}${foot}\n`,
      messageId: `<notification.${name}@${this.sender.domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    if (outcome.kind === 'accepted')
      return { kind: 'delivered', detail: `${outcome.server} took it: ${outcome.reply}` };
    if (outcome.kind === 'unknown') return { kind: 'unknown', detail: outcome.detail };
    const code = outcome.code === undefined ? {} : { code: String(outcome.code) };
    return { kind: 'not_sent', lasting: outcome.lasting, detail: outcome.reply, ...code };
  }
}
