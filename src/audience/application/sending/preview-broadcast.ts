import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { type BuiltMessage, MessageBuilder } from '../../domain/sending/message-builder.port.js';
import { SendingIdentities } from '../../domain/sending/sending-identities.port.js';
import type { RenderedContent, TemplateSubscriber } from '../../domain/sending/template.port.js';
import { BroadcastOrders } from './broadcast-orders.js';

/** How many real people a broadcast is rendered for before it may go out (`resilience.md` D2.11). */
export const SAMPLE_PEOPLE = 20;

const SAMPLE_TOKEN = 'preview';
/** Whom a message is written for where nobody is on the list yet. */
export const NOBODY: TemplateSubscriber = {
  email: 'reader@example.org',
  language: 'en',
  zone: null,
  tags: [],
  attributes: {},
};

/** What one reader would see. */
export interface Preview extends RenderedContent {
  readonly to: string;
  /** The message as it would leave. */
  readonly raw: Uint8Array;
}

/** Writes a broadcast for real people without sending it. */
@Injectable()
export class PreviewBroadcast {
  constructor(
    private readonly recipients: Recipients,
    private readonly orders: BroadcastOrders,
    private readonly identities: SendingIdentities,
    private readonly builder: MessageBuilder,
  ) {}

  /**
   * Writes for up to 20 people, or for an invented one when there is nobody.
   * @throws DomainError `template.*` on the first person it fails for
   */
  async execute(broadcast: Broadcast, tx?: Tx): Promise<readonly Preview[]> {
    const found = await this.recipients.sample(broadcast, SAMPLE_PEOPLE, tx);
    const people = found.length > 0 ? found : [NOBODY];
    const sender = await this.identities.of(broadcast.workspaceId, tx);
    const order = await this.orders.orderOf(broadcast, sender, tx);
    const readers = people.map((subscriber, number) => ({
      subscriber,
      messageId: `<preview.${number}.${broadcast.id}@${sender.identity.domain}>`,
      unsubscribeToken: SAMPLE_TOKEN,
    }));
    const messages = await this.builder.build({ ...order, readers, showsContent: true });
    return messages.map((message, index) => shown(message, people[index] ?? NOBODY));
  }
}

const shown = (message: BuiltMessage, { email }: TemplateSubscriber): Preview => {
  if ('raw' in message) return { to: email, raw: message.raw, ...(message.content ?? { subject: '', text: '' }) };
  const { code, fault, field } = message;
  const violations = field === undefined ? [] : [{ field, rule: code, message: fault }];
  throw new DomainError('invalid', code, fault.replace(`${code}: `, ''), {}, violations);
};
