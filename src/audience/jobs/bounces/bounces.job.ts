import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { ReadMailbox } from '../../application/bounces/read-mailbox.js';
import { BounceMailbox } from '../../domain/bounces/bounce-mailbox.port.js';
import { MailHookLedger, REPLAY_KEEP_MS } from '../../domain/bounces/mail-hook-ledger.port.js';
import { PAUSE_MS } from '../../domain/bounces/pause.policy.js';
import { PausedAddresses } from '../../domain/bounces/paused-addresses.port.js';

/** Reads the mailbox, and once an hour ends pauses and forgets old calls; each in one process of the cluster. */
@Injectable()
export class BouncesJob implements OnModuleInit {
  private readonly logger = new Logger('Bounces');

  constructor(
    private readonly ticks: Ticks,
    private readonly mailbox: BounceMailbox,
    private readonly read: ReadMailbox,
    private readonly paused: PausedAddresses,
    private readonly hooks: MailHookLedger,
  ) {}

  onModuleInit(): void {
    if (this.mailbox.name !== undefined)
      this.ticks.everyInCluster('audience.mailbox', MINUTE_MS, () => this.readMailbox());
    this.ticks.everyInCluster('audience.bounces', HOUR_MS, () => this.upkeep());
  }

  async upkeep(): Promise<void> {
    const lifted = await this.paused.lift(PAUSE_MS);
    if (lifted > 0) this.logger.log(`${lifted} paused addresses may be written to again`);
    await this.hooks.purge(REPLAY_KEEP_MS);
  }

  private async readMailbox(): Promise<void> {
    const counts = Object.entries(await this.read.runOnce());
    if (counts.length > 0)
      this.logger.log(`Mailbox read: ${counts.map(([result, count]) => `${count} ${result}`).join(', ')}`);
  }
}
