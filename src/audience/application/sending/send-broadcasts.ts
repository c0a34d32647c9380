import { Injectable } from '@nestjs/common';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { type Claim, type Release, Recipients } from '../../domain/sending/recipients.port.js';
import type { MailServer } from '../../domain/sending/mail-server.js';
import { MailServers } from '../../domain/sending/mail-servers.port.js';
import { SenderPresence } from '../../domain/sending/sender-presence.port.js';
import { BroadcastOrders } from './broadcast-orders.js';
import type { Ready } from './delivery.js';
import { DeliveryLanes } from './delivery-lanes.js';

const BATCH = 400;
/** Rows that no server can take now are looked at again after this. */
const CLOSED_MS = 5_000;

/** Claimed rows with their messages, on their way to the lanes. */
interface Batch {
  /** Rows that changed hands; 0: nothing is due. */
  readonly moved: number;
  readonly ready: readonly Ready[];
  readonly servers: readonly MailServer[];
}

/**
 * Sends what is due, at most once per person: claim, write, commit the intent, send, record. While one batch is on its
 * way the next is claimed and written, so that neither thread waits for the other.
 */
@Injectable()
export class SendBroadcasts {
  private stopping = false;

  constructor(
    private readonly recipients: Recipients,
    private readonly broadcasts: Broadcasts,
    private readonly orders: BroadcastOrders,
    private readonly servers: MailServers,
    private readonly sending: DeliveryLanes,
    private readonly presence: SenderPresence,
  ) {}

  /** Sends until nothing is due, no server takes anything or `stop` was called. @returns messages handed over */
  async runOnce(): Promise<number> {
    await this.presence.ensure();
    await this.recipients.reapGone(this.presence.senderId);
    const sent = await this.sendDue().finally(() => this.sending.delivery.giveBack());
    await this.broadcasts.finishDone();
    return sent;
  }

  /** Ends the run after the messages that are under way; untried rows go back. */
  stop(): void {
    this.stopping = true;
  }

  private async sendDue(): Promise<number> {
    let sent = 0;
    let next = this.prepare();
    for (let goesOn = true; goesOn;) {
      const batch = await next;
      goesOn = batch.moved > 0 && !this.stopping;
      // The batch before it used what both of them had asked for.
      await this.sending.delivery.reserve(batch.servers, batch.ready.length);
      if (goesOn) next = this.prepareAhead();
      const result = await this.sending.send(batch.ready, () => this.stopping);
      sent += result.sent;
      // Nothing left although much was ready: the servers are closed, and claiming more would only stir the rows.
      if (goesOn && result.sent === 0 && batch.ready.length > 0) goesOn = await this.putBack(next);
    }
    return sent;
  }

  /** Awaited after the batch before it; until then a failure is nobody's yet. */
  private prepareAhead(): Promise<Batch> {
    const next = this.prepare();
    next.catch(() => undefined);
    return next;
  }

  private async prepare(): Promise<Batch> {
    const { claims, moved } = await this.recipients.claim(this.presence.senderId, BATCH);
    const routes = await this.routesOf(claims);
    const servers = [...new Map([...routes.values()].flat().map((server) => [server.id, server])).values()];
    await this.sending.delivery.reserve(servers, claims.length);
    const open = claims.filter(({ workspaceId }) => this.sending.delivery.isOpen(routes.get(workspaceId) ?? []));
    await this.recipients.release(without(claims, open).map((claim) => ({ claim, waitMs: CLOSED_MS })));
    const ready: Ready[] = [];
    for (const built of await this.orders.build(open)) {
      const { claim, message } = built;
      if ('raw' in message)
        ready.push(this.sending.delivery.ready(built, message.raw, routes.get(claim.workspaceId) ?? []));
      else await this.sending.fail(claim, message);
    }
    return { moved: moved - (claims.length - open.length), ready, servers };
  }

  private async routesOf(claims: readonly Claim[]): Promise<ReadonlyMap<string, readonly MailServer[]>> {
    const workspaceIds = [...new Set(claims.map(({ workspaceId }) => workspaceId))];
    return new Map(await Promise.all(workspaceIds.map(async (id) => [id, await this.servers.of(id)] as const)));
  }

  /** @returns false: the run ends */
  private async putBack(next: Promise<Batch>): Promise<false> {
    const { ready } = await next;
    await this.recipients.release(ready.map(({ claim }): Release => ({ claim, waitMs: CLOSED_MS })));
    return false;
  }
}

const without = (claims: readonly Claim[], some: readonly Claim[]): readonly Claim[] => {
  const left = new Set(some);
  return claims.filter((claim) => !left.has(claim));
};
