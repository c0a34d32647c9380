import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox, type StoredEvent } from '../../../infra/outbox/event-outbox.js';
import { encodePosition } from '../../../infra/outbox/event-position.js';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { eventBody, publicEvent } from '../../domain/events/public-event.js';
import { DeliveryQueue, type OutgoingEvent } from '../../domain/webhooks/webhooks.port.js';
import { WebhookSender } from './webhook-sender.js';

const CONSUMER = 'webhooks';
const EVERY_MS = 500;
const EVENTS = 500;
const KEEP_DELIVERIES_MS = 30 * DAY_MS;
const PURGE_AT_ONCE = 10_000;

export const EVENT_KEEP_MS = Symbol('EVENT_KEEP_MS');

/** From the outbox to the receivers, and what is old out of the tables. */
@Injectable()
export class WebhooksJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly queue: DeliveryQueue,
    private readonly sender: WebhookSender,
    @Inject(EVENT_KEEP_MS) private readonly keepEventsMs: number,
  ) {}

  onModuleInit(): void {
    this.ticks.every('webhooks', EVERY_MS, () => this.runOnce());
    this.ticks.everyInCluster('events.purge', HOUR_MS, () => this.purge());
  }

  async runOnce(): Promise<void> {
    await this.fanOut();
    await this.sender.runOnce();
  }

  /** @returns how many rows are gone */
  async purge(): Promise<number> {
    const events = await inBatches(() => this.outbox.purge(this.keepEventsMs, PURGE_AT_ONCE));
    return events + (await inBatches(() => this.queue.purge(KEEP_DELIVERIES_MS, PURGE_AT_ONCE)));
  }

  private async fanOut(): Promise<void> {
    if (await this.queue.skipWithoutWebhooks(CONSUMER)) return;
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume(CONSUMER, EVENTS, async (events, tx) => {
        await this.queue.fanOut(events.flatMap(outgoing), tx);
      });
  }
}

const outgoing = (event: StoredEvent): OutgoingEvent[] => {
  const messageId = encodePosition(event);
  const told = publicEvent(messageId, event);
  if (!told) return [];
  const { id: eventId, workspaceId, type, at } = event;
  return [{ eventId, workspaceId, messageId, type, at, body: eventBody(told) }];
};

const inBatches = async (purge: () => Promise<number>): Promise<number> => {
  let total = 0;
  for (let gone = await purge(); ; gone = await purge()) {
    total += gone;
    if (gone < PURGE_AT_ONCE) return total;
  }
};
