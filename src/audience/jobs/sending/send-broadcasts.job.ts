import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { GuardBroadcasts } from '../../application/sending/guard-broadcasts.js';
import { ScheduleBroadcast } from '../../application/sending/schedule-broadcast.js';
import { guardSentence } from '../../domain/sending/guards.policy.js';
import { SendBroadcasts } from '../../application/sending/send-broadcasts.js';

const EVERY_MS = 1_000;
/** Complaints and bounces come over minutes and hours. */
const GUARD_EVERY_MS = 10_000;

/** Sends in every worker at once, rows are shared out by lock; scheduled ones are started by one of them. */
@Injectable()
export class SendBroadcastsJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Broadcasts');

  constructor(
    private readonly ticks: Ticks,
    private readonly send: SendBroadcasts,
    private readonly planning: ScheduleBroadcast,
    private readonly guards: GuardBroadcasts,
  ) {}

  onModuleInit(): void {
    this.ticks.every('audience.send', EVERY_MS, async () => {
      const sent = await this.send.runOnce();
      if (sent > 0) this.logger.log(`${sent} mails handed to the mail server`);
    });
    this.ticks.everyInCluster('audience.guards', GUARD_EVERY_MS, () => this.guard());
    this.ticks.everyInCluster('audience.scheduled', EVERY_MS, () => this.planning.startDue());
  }

  private async guard(): Promise<void> {
    for (const { broadcastId, level, ...finding } of await this.guards.runOnce())
      if (level === 'pause') this.logger.warn(`Broadcast ${broadcastId} is paused: ${guardSentence(finding)}`);
  }

  beforeApplicationShutdown(): void {
    this.send.stop();
  }
}
