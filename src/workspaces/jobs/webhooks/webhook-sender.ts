import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SECOND_MS } from '../../../kernel/durations.js';
import { SettleDelivery } from '../../application/webhooks/settle-delivery.js';
import { type ClaimedDelivery, DeliveryQueue, WebhookDoor } from '../../domain/webhooks/webhooks.port.js';

/** Tries under way in this process; of one webhook only a few, so that a slow receiver does not delay the others. */
const AT_ONCE = 64;
const PER_WEBHOOK = 4;
/** At a stop, tries may end for so long; the rest is cut and tried again after its lease. */
const FINISH_WITHIN_MS = 5 * SECOND_MS;

/** Sends due deliveries, many at once, and goes on with the next as soon as one has ended. */
@Injectable()
export class WebhookSender implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private readonly running = new Set<Promise<void>>();
  private readonly busy = new Map<string, number>();
  private claiming: Promise<void> | undefined;
  /** Asked for since the last claim began: what ended meanwhile has left room. */
  private isWanted = false;
  private isStopped = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly door: WebhookDoor,
    private readonly settle: SettleDelivery,
  ) {}

  /** Starts what is due and what fits. */
  async runOnce(): Promise<void> {
    this.isWanted = true;
    this.claiming ??= this.claimWhileWanted().finally(() => (this.claiming = undefined));
    await this.claiming;
  }

  /** Resolves when nothing runs and nothing is due. */
  async drain(): Promise<void> {
    await this.runOnce();
    while (this.running.size > 0) {
      await Promise.race(this.running);
      await this.claiming;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.claiming?.catch(() => undefined);
    const timer = setTimeout(() => void this.door.close(), FINISH_WITHIN_MS);
    await Promise.allSettled(this.running);
    clearTimeout(timer);
    await this.door.close();
  }

  private async claimWhileWanted(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      await this.claim();
    }
  }

  private async claim(): Promise<void> {
    const free = AT_ONCE - this.running.size;
    if (this.isStopped || free <= 0) return;
    for (const delivery of await this.queue.claim(free, PER_WEBHOOK, this.busy)) this.start(delivery);
  }

  private start(delivery: ClaimedDelivery): void {
    const { webhookId } = delivery;
    this.busy.set(webhookId, (this.busy.get(webhookId) ?? 0) + 1);
    const run = this.send(delivery).finally(() => {
      this.running.delete(run);
      const left = (this.busy.get(webhookId) ?? 1) - 1;
      if (left === 0) this.busy.delete(webhookId);
      else this.busy.set(webhookId, left);
      void this.runOnce().catch(() => undefined);
    });
    this.running.add(run);
  }

  private async send(delivery: ClaimedDelivery): Promise<void> {
    try {
      const result = await this.door.send(delivery);
      // Cut by our own stop: that says nothing of the receiver.
      if (this.isStopped && result.code === undefined) return;
      await this.settle.execute(delivery, result, Math.random());
    } catch (error) {
      this.logger.warn(
        { err: error, delivery: delivery.id },
        'The end of a delivery could not be written; it is repeated',
      );
    }
  }
}
