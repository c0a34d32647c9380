import { Injectable } from '@nestjs/common';
import { MAX_TRIES } from '../../domain/audience.timing.js';
import { verdictOf } from '../../domain/sending/delivery.policy.js';
import type { MailDelivery } from '../../domain/sending/mailer.port.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { type Claim, Recipients, type Release } from '../../domain/sending/recipients.port.js';
import { type MailServer, MAX_CONNECTIONS } from '../../domain/sending/mail-server.js';
import type { BuiltMessage } from '../../domain/sending/message-builder.port.js';
import type { Place } from '../../domain/sending/server-desk.js';
import { RecordDelivery, type Refusal } from '../bounces/record-delivery.js';
import { Delivery, type Ready } from './delivery.js';
import { RecipientLedger } from './recipient-ledger.js';

/** A receiver that takes the next message within this time is waited for; the others' rows go back meanwhile. */
const PATIENCE_MS = 1_000;
/** No row is put off for longer, whatever a pace says: paces recover. */
const MAX_WAIT_MS = 15 * 60_000;

type Fault = Exclude<BuiltMessage, { readonly raw: Uint8Array }>;
type Wait = Exclude<Place, { readonly server: MailServer }>;

/** One batch on its way. */
interface Run {
  readonly queue: Ready[];
  /** Rows that have to wait, per receiver as many as came before it. */
  readonly releases: Release[];
  readonly waiting: Map<string, number>;
  readonly isStopping: () => boolean;
  /** Refused for good by a server: what bounces are made of. */
  readonly refusals: Refusal[];
  sent: number;
}

/** Sends batches over as many lanes as one process keeps connections: one message each is in its hands. */
@Injectable()
export class DeliveryLanes {
  private readonly ledger: RecipientLedger;

  constructor(
    private readonly recipients: Recipients,
    private readonly settings: MailSettings,
    readonly delivery: Delivery,
    private readonly bounces: RecordDelivery,
  ) {
    this.ledger = new RecipientLedger(recipients);
  }

  /** @returns how many were handed over; what was not tried is given back */
  async send(batch: readonly Ready[], isStopping: () => boolean): Promise<{ readonly sent: number }> {
    const run: Run = { queue: [...batch], releases: [], waiting: new Map(), isStopping, refusals: [], sent: 0 };
    const lanes = await Promise.allSettled(Array.from({ length: MAX_CONNECTIONS }, () => this.lane(run)));
    const untried = run.queue.map(({ claim }): Release => ({ claim, waitMs: 0 }));
    // First: rows that are not given back come back by themselves, a refusal is told once.
    await this.bounces.refused(run.refusals);
    await this.recipients.release([...run.releases, ...untried]);
    const failed = lanes.find((lane) => lane.status === 'rejected');
    if (failed) throw failed.reason;
    return { sent: run.sent };
  }

  /** There is no message for this person, or none yet: a machine that was too busy may be less so later. */
  fail(claim: Claim, { code, fault: reply }: Fault): Promise<void> {
    const { timing } = this.settings;
    const tries = claim.tries + 1;
    const isLast = code !== 'template.too_slow' || tries >= MAX_TRIES;
    return this.ledger.record(
      claim,
      isLast ? { state: 'failed', reply } : { state: 'deferred', reply, nextTryAfterMs: timing.retryAfterMs(tries) },
    );
  }

  /** The outcome of one message is stored no later than the intent of the next. */
  private async lane(run: Run): Promise<void> {
    let recorded: Promise<void> = Promise.resolve();
    while (!run.isStopping()) {
      const ready = run.queue.shift();
      if (!ready) break;
      const server = await this.serverFor(ready, run);
      if (!server) continue;
      if (!(await this.mayLeave(ready, server, recorded))) continue;
      run.sent += 1;
      const delivery = await this.delivery.send(ready, server);
      run.refusals.push(...refusalOf(ready.claim, delivery));
      recorded = this.ledger.record(ready.claim, verdictOf(delivery, ready.claim.tries + 1, this.settings.timing));
      // Awaited with the next intent; until then a failure is nobody's yet.
      recorded.catch(() => undefined);
    }
    await recorded;
  }

  /** Commits the intent; without one the server gets its turn back. */
  private async mayLeave({ claim }: Ready, server: MailServer, recorded: Promise<void>): Promise<boolean> {
    let isHanded = false;
    try {
      [isHanded] = await Promise.all([this.ledger.handOver(claim), recorded]);
      return isHanded;
    } finally {
      if (!isHanded) this.delivery.withdraw(server);
    }
  }

  /** @returns undefined when the row has to wait */
  private async serverFor(ready: Ready, run: Run): Promise<MailServer | undefined> {
    for (let waited = 0; ;) {
      const place = this.delivery.place(ready);
      if ('server' in place) return place.server;
      if (place.isClosed || waited + place.waitMs > PATIENCE_MS || run.isStopping()) {
        this.putOff(ready, place, run);
        return undefined;
      }
      waited += place.waitMs;
      await new Promise((next) => setTimeout(next, place.waitMs));
    }
  }

  /** Rows of one slow receiver come back one after the other, not all at once. */
  private putOff({ claim, receiver }: Ready, { waitMs, isClosed }: Wait, run: Run): void {
    const before = isClosed ? 0 : (run.waiting.get(receiver) ?? 0);
    run.waiting.set(receiver, before + 1);
    run.releases.push({ claim, waitMs: Math.min(waitMs * (before + 1), Math.max(waitMs, MAX_WAIT_MS)) });
  }
}

/** What a server said of an address or a message; a fault of our own says nothing of either. */
const refusalOf = ({ broadcastId, subscriberId }: Claim, delivery: MailDelivery): readonly Refusal[] => {
  if (delivery.kind !== 'refused' || delivery.lasting !== 'permanent' || delivery.code === undefined) return [];
  return [{ broadcastId, subscriberId, code: delivery.code, text: delivery.reply }];
};
