import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { WORKER_GONE_AFTER_MS } from '../domain/audience.timing.js';
import { Broadcasts } from '../domain/broadcasts.port.js';
import { isRouteTrouble, verdictOf } from '../domain/delivery.policy.js';
import { Mailer } from '../domain/mailer.port.js';
import { type Claim, Recipients } from '../domain/recipients.port.js';
import { BroadcastComposers, type Composer } from './broadcast-composers.js';
import { MailSettings } from '../domain/mail-settings.js';

const BATCH = 200;
/** Messages under way at once in this process; at most this many can end `unknown` when it dies. */
const LANES = 5;

/** One batch on its way; `halted` when the rest shall be given back. */
interface Run {
  readonly queue: Claim[];
  readonly composers: ReadonlyMap<string, Composer>;
  halted: boolean;
  sent: number;
}

/** Sends what is due, at most once per person: claim, commit the intent, send, record. */
@Injectable()
export class SendBroadcasts {
  private readonly workerId = randomUUID();
  private stopping = false;

  constructor(
    private readonly recipients: Recipients,
    private readonly broadcasts: Broadcasts,
    private readonly composers: BroadcastComposers,
    private readonly mailer: Mailer,
    private readonly settings: MailSettings,
  ) {}

  /** Sends until nothing is due, the mail server is in trouble or `stop` was called. @returns messages handed over */
  async runOnce(): Promise<number> {
    if (!this.mailer.isConfigured) return 0;
    await this.recipients.reapGone(WORKER_GONE_AFTER_MS);
    let sent = 0;
    for (let goesOn = true; goesOn && !this.stopping;) {
      const { claims, moved } = await this.recipients.claim(this.workerId, BATCH);
      const run = await this.sendBatch(claims);
      sent += run.sent;
      goesOn = moved > 0 && !run.halted;
    }
    await this.broadcasts.finishDone();
    return sent;
  }

  /** Ends the run after the messages that are under way; untried rows go back. */
  stop(): void {
    this.stopping = true;
  }

  private async sendBatch(claims: readonly Claim[]): Promise<Run> {
    const composers = await this.composers.of(claims);
    const run: Run = { queue: [...claims], composers, halted: false, sent: 0 };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => this.lane(run)));
    if (run.queue.length > 0) await this.recipients.release(run.queue, this.settings.timing.routePauseMs);
    const failed = lanes.find((lane) => lane.status === 'rejected');
    if (failed) throw failed.reason;
    return run;
  }

  private async lane(run: Run): Promise<void> {
    while (!run.halted && !this.stopping) {
      const claim = run.queue.shift();
      if (!claim) return;
      await this.deliver(claim, run);
    }
  }

  /** Dying before `handOver` leaves a claim that goes back; after it, a row that becomes `unknown`. */
  private async deliver(claim: Claim, run: Run): Promise<void> {
    const mail = compose(run.composers.get(claim.broadcastId), claim);
    if ('fault' in mail) return this.recipients.record(claim, { state: 'failed', reply: mail.fault });
    if (!(await this.recipients.handOver(claim))) return;
    run.sent += 1;
    const delivery = await this.mailer.send(mail.mail);
    if (isRouteTrouble(delivery)) run.halted = true;
    await this.recipients.record(claim, verdictOf(delivery, claim.tries + 1, this.settings.timing));
  }
}

/** A template that fails for one person fails for that person alone. */
const compose = (composer: Composer | undefined, claim: Claim) => {
  try {
    if (!composer) return { fault: 'broadcast.not_found' };
    return { mail: composer(claim) };
  } catch (error) {
    if (error instanceof DomainError) return { fault: `${error.code}: ${error.message}` };
    throw error;
  }
};
