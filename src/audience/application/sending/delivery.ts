import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { BounceSettings } from '../../domain/bounces/bounce-settings.js';
import { returnPathOf } from '../../domain/bounces/return-path.js';
import { addressIn } from '../../domain/sending/mail-identity.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import type { MailDelivery } from '../../domain/sending/mailer.port.js';
import { blameOf, isPolicyRefusal } from '../../domain/sending/blame.js';
import { type MailServer, untilTomorrowMs } from '../../domain/sending/mail-server.js';
import { MailServers, type OutgoingMessage } from '../../domain/sending/mail-servers.port.js';
import { receiverOf } from '../../domain/sending/receiver.js';
import { type Place, ServerDesk } from '../../domain/sending/server-desk.js';
import type { Built } from './broadcast-orders.js';

/** A message of which every byte is there, and the servers it may leave by. */
export interface Ready extends Pick<Built, 'claim'> {
  readonly message: OutgoingMessage;
  readonly receiver: string;
  readonly servers: readonly MailServer[];
}

/** Moves one message over the servers it may leave by. Remembers, for this process, how each of them does. */
@Injectable()
export class Delivery {
  private readonly desk: ServerDesk;
  /** Warming servers that hold something of their day. */
  private readonly reserved = new Map<string, MailServer>();

  constructor(
    private readonly servers: MailServers,
    private readonly bounces: BounceSettings,
    private readonly clock: Clock,
    settings: MailSettings,
  ) {
    this.desk = new ServerDesk(settings.timing.routePauseMs);
  }

  /** What `send` takes. */
  ready({ claim, sender }: Built, raw: Uint8Array, servers: readonly MailServer[]): Ready {
    const to = claim.subscriber.email;
    const { secret, domain } = this.bounces;
    const from =
      domain === undefined
        ? addressIn(sender?.identity.from ?? '')
        : returnPathOf(secret, claim, domain, this.clock.now());
    return { claim, servers, receiver: receiverOf(to), message: { from, to, raw } };
  }

  /** Whether it is worth writing messages for these servers at all. */
  isOpen(servers: readonly MailServer[]): boolean {
    return this.desk.isOpen(servers, this.nowMs());
  }

  /** Where the message may leave, or how long it waits: no longer than until a warming server's next day. */
  place({ servers, receiver }: Ready): Place {
    const place = this.desk.choose(servers, receiver, this.nowMs());
    if ('server' in place) this.desk.begin(place.server, receiver, this.nowMs());
    else if (place.waitMs === Infinity) return { ...place, waitMs: untilTomorrowMs(this.clock.now()) };
    return place;
  }

  /** The message does not leave by `server` after all. */
  withdraw(server: MailServer): void {
    this.desk.withdraw(server);
  }

  /**
   * Hands the message over, by another server when the first certainly did not take it and is itself to blame. A message
   * whose answer was lost stays lost: it never moves.
   */
  async send(ready: Ready, server: MailServer): Promise<MailDelivery> {
    const delivery = await this.servers.send(server, ready.message);
    this.desk.end(server, ready.receiver, delivery, this.nowMs());
    if (blameOf(delivery) !== 'server' && !isPolicyRefusal(delivery)) return delivery;
    const servers = ready.servers.filter(({ id }) => id !== server.id);
    const next = this.place({ ...ready, servers });
    return 'server' in next ? this.send({ ...ready, servers }, next.server) : delivery;
  }

  /** Asks for what warming servers may send today, as far as they hold less than `wanted`. */
  async reserve(servers: readonly MailServer[], wanted: number): Promise<void> {
    for (const server of servers) {
      const held = this.desk.allowanceOf(server);
      if (held >= wanted) continue;
      this.reserved.set(server.id, server);
      this.desk.grant(server, await this.servers.reserve(server, wanted - held));
    }
  }

  /** Gives back what was reserved and not used: the day's plan is the cluster's. */
  async giveBack(): Promise<void> {
    const servers = [...this.reserved.values()].filter((server) => Number.isFinite(this.desk.allowanceOf(server)));
    this.reserved.clear();
    for (const server of servers) {
      const unused = this.desk.revoke(server);
      if (unused > 0) await this.servers.giveBack(server, unused);
    }
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
