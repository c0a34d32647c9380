import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { encodePosition } from '../../../infra/outbox/event-position.js';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { GatherChanges } from '../../application/notifications/gather-changes.js';
import { ReleaseMessages } from '../../application/notifications/release-messages.js';
import { SendNotification } from '../../application/notifications/send-notification.js';
import { Gathering, Ledger } from '../../domain/notifications/ledger.port.js';
import { NotificationSender } from './notification-sender.js';

const CONSUMER = 'incidents.notifications';
const EVERY_MS = 500;
const EVENTS = 500;
const ABANDONED_AT_ONCE = 50;
const KEEP_MS = 90 * DAY_MS;
const PURGE_AT_ONCE = 10_000;

/** The parts that one pass of the job takes in turn. */
@Injectable()
export class NotificationSteps {
  constructor(
    readonly gather: GatherChanges,
    readonly release: ReleaseMessages,
    readonly send: SendNotification,
  ) {}
}

/** From the outbox to people. */
@Injectable()
export class NotificationsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly outbox: EventOutbox,
    private readonly gathering: Gathering,
    private readonly ledger: Ledger,
    private readonly steps: NotificationSteps,
    private readonly sender: NotificationSender,
  ) {}

  onModuleInit(): void {
    this.ticks.every('notifications', EVERY_MS, () => this.follow());
    this.ticks.everyInCluster('notifications.release', EVERY_MS, () => this.release());
    this.ticks.everyInCluster('notifications.purge', HOUR_MS, () => this.purge());
  }

  /** Events become messages, and what is due leaves; in every process at once. */
  async follow(): Promise<void> {
    if (!(await this.gathering.skipWithoutChannels(CONSUMER))) await this.gather();
    await this.sender.runOnce();
  }

  /** Messages close, nights are summed up, and sends of dead processes are settled; in one process. */
  async release(): Promise<void> {
    await this.steps.release.runOnce();
    await this.steps.send.settleAbandoned(ABANDONED_AT_ONCE);
  }

  /** @returns how many messages are forgotten */
  async purge(): Promise<number> {
    let total = 0;
    for (let gone = PURGE_AT_ONCE; gone === PURGE_AT_ONCE; total += gone)
      gone = await this.ledger.purge(KEEP_MS, PURGE_AT_ONCE);
    return total;
  }

  private async gather(): Promise<void> {
    for (let handled = EVENTS; handled === EVENTS;)
      handled = await this.outbox.consume(CONSUMER, EVENTS, async (events, tx) => {
        await this.steps.gather.handle(
          events.map((event) => ({ ...event, name: encodePosition(event) })),
          tx,
        );
      });
  }
}
