import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { AskPhones } from '../../application/sms/ask-phones.js';
import { SendSms } from '../../application/sms/send-sms.js';

const EVERY_MS = 1_000;

/** Sends texts in every worker at once, rows are shared out by lock; one of them asks the phones nobody asked yet. */
@Injectable()
export class SmsJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sms');

  constructor(
    private readonly ticks: Ticks,
    private readonly send: SendSms,
    private readonly ask: AskPhones,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('audience.sms.ask', EVERY_MS, () => this.ask.runOnce());
    this.ticks.every('audience.sms', EVERY_MS, async () => {
      const sent = await this.send.runOnce();
      if (sent > 0) this.logger.log(`${sent} texts handed to the provider`);
    });
  }

  beforeApplicationShutdown(): void {
    this.send.stop();
  }
}
