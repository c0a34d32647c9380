import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SECOND_MS } from '../../../kernel/durations.js';
import { SendNotification } from '../../application/notifications/send-notification.js';
import { Ledger, type Sending } from '../../domain/notifications/ledger.port.js';

/** Sends under way in this process; one per channel, so that a slow receiver delays nobody else. */
const AT_ONCE = 32;
/** At a stop, sends may end for so long; of the rest nobody knows, and it is told as such. */
const FINISH_WITHIN_MS = 10 * SECOND_MS;

/** Sends due messages, many at once, and goes on with the next as soon as one has ended. */
@Injectable()
export class NotificationSender implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Notifications');
  private readonly running = new Map<string, Promise<void>>();
  private claiming: Promise<void> | undefined;
  /** Asked for since the last claim began: what ended meanwhile has left room. */
  private isWanted = false;
  private isStopped = false;

  constructor(
    private readonly ledger: Ledger,
    private readonly send: SendNotification,
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
      await Promise.race(this.running.values());
      await this.claiming;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.claiming?.catch(() => undefined);
    const timer = new AbortController();
    const tooLong = setTimeout(FINISH_WITHIN_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.running.values()), tooLong]);
    timer.abort();
  }

  private async claimWhileWanted(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      const free = AT_ONCE - this.running.size;
      if (this.isStopped || free <= 0) return;
      for (const sending of await this.ledger.claim(free, [...this.running.keys()])) this.start(sending);
    }
  }

  private start(sending: Sending): void {
    const run = this.run(sending).finally(() => {
      this.running.delete(sending.channelId);
      void this.runOnce().catch(() => undefined);
    });
    this.running.set(sending.channelId, run);
  }

  private async run(sending: Sending): Promise<void> {
    const { id: notification, channelId: channel } = sending;
    try {
      const { verdict, result } = await this.send.execute(sending, Math.random());
      if (verdict.kind === 'failed' || verdict.kind === 'unknown')
        this.logger.warn({ notification, channel, detail: result.detail }, `A notification ended as ${verdict.kind}`);
    } catch (error) {
      this.logger.warn({ err: error, notification }, 'The end of a notification could not be written');
    }
  }
}
