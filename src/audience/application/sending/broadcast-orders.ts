import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AUTOMATIC_APPROVER, type Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import type { Claim } from '../../domain/sending/recipients.port.js';
import { type BuiltMessage, MessageBuilder, type MessageOrder } from '../../domain/sending/message-builder.port.js';
import { type SendingIdentity, SendingIdentities } from '../../domain/sending/sending-identities.port.js';
import { BroadcastScenes } from './broadcast-scenes.js';

/** Readers per order: large enough that copying between threads costs little, small enough that order keeps moving. */
const PER_ORDER = 50;

const GONE: BuiltMessage = { code: 'broadcast.not_found', fault: 'broadcast.not_found' };

/** A claim with its message, or why it has none. */
export interface Built {
  readonly claim: Claim;
  readonly message: BuiltMessage;
  /** Absent when there is no message. */
  readonly sender?: SendingIdentity;
}

/** Has the messages of a batch written, links and senders looked up afresh once per broadcast. */
@Injectable()
export class BroadcastOrders {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly scenes: BroadcastScenes,
    private readonly identities: SendingIdentities,
    private readonly builder: MessageBuilder,
    private readonly clock: Clock,
  ) {}

  /** In the order of the claims. */
  async build(claims: readonly Claim[]): Promise<readonly Built[]> {
    const groups = [...Map.groupBy(claims, ({ broadcastId }) => broadcastId).values()];
    const built = (await Promise.all(groups.map((group) => this.buildFor(group)))).flat();
    const byClaim = new Map(built.map((one) => [one.claim, one]));
    return claims.map((claim) => byClaim.get(claim) ?? { claim, message: GONE });
  }

  /** What is the same for every reader. */
  async orderOf(broadcast: Broadcast, sender: SendingIdentity, tx?: Tx): Promise<Omit<MessageOrder, 'readers'>> {
    const { id, workspaceId, kind, version, subject, bodyText, bodyHtml } = broadcast;
    return {
      broadcast: { id, workspaceId, kind, version, subject, bodyText, bodyHtml },
      isAutomatic: broadcast.approvedBy === AUTOMATIC_APPROVER,
      scene: await this.scenes.of(broadcast, tx),
      identity: sender.identity,
      ...(sender.dkim ? { dkim: sender.dkim } : {}),
      at: this.clock.now(),
    };
  }

  private async buildFor(claims: readonly Claim[]): Promise<readonly Built[]> {
    const [{ workspaceId, broadcastId } = NOBODY] = claims;
    const broadcast = await this.broadcasts.get(workspaceId, broadcastId);
    if (!broadcast) return [];
    const sender = await this.identities.of(workspaceId);
    const order = await this.orderOf(broadcast, sender);
    const orders: Promise<readonly Built[]>[] = [];
    for (let from = 0; from < claims.length; from += PER_ORDER)
      orders.push(this.fill(order, sender, claims.slice(from, from + PER_ORDER)));
    return (await Promise.all(orders)).flat();
  }

  private async fill(
    order: Omit<MessageOrder, 'readers'>,
    sender: SendingIdentity,
    claims: readonly Claim[],
  ): Promise<readonly Built[]> {
    const readers = claims.map(({ subscriber, messageId, unsubscribeToken }) => ({
      subscriber,
      messageId,
      unsubscribeToken,
    }));
    const messages = await this.builder.build({ ...order, readers });
    return claims.map((claim, index) => ({ claim, sender, message: messages[index] ?? GONE }));
  }
}

const NOBODY = { workspaceId: '' as WorkspaceId, broadcastId: '' };
