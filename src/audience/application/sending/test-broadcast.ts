import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { newId } from '../../../kernel/ids.js';
import { mailNotConfigured } from '../../domain/audience.errors.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { addressIn } from '../../domain/sending/mail-identity.js';
import { MailServers, type OutgoingMessage } from '../../domain/sending/mail-servers.port.js';
import type { MailServer } from '../../domain/sending/mail-server.js';
import type { MailDelivery } from '../../domain/sending/mailer.port.js';
import { MessageBuilder } from '../../domain/sending/message-builder.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { SendingIdentities } from '../../domain/sending/sending-identities.port.js';
import { BroadcastOrders } from './broadcast-orders.js';
import { NOBODY } from './preview-broadcast.js';

const MARK = '[Test] ';
/** The link to leave leads nowhere: nobody is on the list by this mail. */
const TOKEN = 'test';

/** What became of one test mail. */
export interface TestedAddress {
  readonly to: string;
  readonly delivery: MailDelivery;
}

/** Mails a broadcast to colleagues before readers get it: marked, signed, by the same servers, in no ledger. */
@Injectable()
export class TestBroadcast {
  constructor(
    private readonly recipients: Recipients,
    private readonly orders: BroadcastOrders,
    private readonly identities: SendingIdentities,
    private readonly builder: MessageBuilder,
    private readonly servers: MailServers,
  ) {}

  /**
   * Written as for the newest reader. Calls mail servers: never inside a transaction.
   * @throws DomainError `mail.not_configured`, `template.*`
   */
  async execute(broadcast: Broadcast, addresses: readonly string[]): Promise<readonly TestedAddress[]> {
    const servers = await this.servers.of(broadcast.workspaceId);
    if (servers.length === 0) throw mailNotConfigured();
    const messages = await this.write(broadcast, addresses);
    return Promise.all(
      messages.map(async (message) => ({ to: message.to, delivery: await this.send(servers, message) })),
    );
  }

  private async write(broadcast: Broadcast, addresses: readonly string[]): Promise<readonly OutgoingMessage[]> {
    const [reader = NOBODY] = await this.recipients.sample(broadcast, 1);
    const sender = await this.identities.of(broadcast.workspaceId);
    const order = await this.orders.orderOf(broadcast, sender);
    const { id, subject } = order.broadcast;
    const built = await this.builder.build({
      ...order,
      // A content of its own: what is remembered by the broadcast's id is not marked.
      broadcast: { ...order.broadcast, id: `test.${id}`, subject: MARK + subject },
      readers: addresses.map((email) => ({
        subscriber: { ...reader, email },
        messageId: `<test.${newId()}@${sender.identity.domain}>`,
        unsubscribeToken: TOKEN,
      })),
    });
    return built.map((message, index) => {
      if (!('raw' in message)) throw new DomainError('invalid', message.code, message.fault);
      return { from: addressIn(sender.identity.from), to: addresses[index] ?? '', raw: message.raw };
    });
  }

  /** By the next server when one is in trouble itself. */
  private async send(servers: readonly MailServer[], message: OutgoingMessage): Promise<MailDelivery> {
    const [server, ...others] = servers;
    if (!server) throw mailNotConfigured();
    const delivery = await this.servers.send(server, message);
    const isItsTrouble = delivery.kind === 'refused' && delivery.stage === 'route';
    return isItsTrouble && others.length > 0 ? this.send(others, message) : delivery;
  }
}
