import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { WORKER_GONE_AFTER_MS } from '../../domain/audience.timing.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { smsOutcomeOf } from '../../domain/sms/sms-delivery.policy.js';
import { SmsGateway } from '../../domain/sms/sms-gateway.port.js';
import { type SmsClaim, SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import { HearPhones } from './hear-phones.js';
import { SmsHours, type SmsSender } from './sms-hours.js';

/** Small: a batch that meets trouble or night is given back whole. */
const BATCH = 50;

/** Sends texts, at most once per phone: claim, commit the intent and the money, send, record. */
@Injectable()
export class SendSms {
  private readonly workerId = randomUUID();
  private stopping = false;

  constructor(
    private readonly ledger: SmsLedger,
    private readonly gateway: SmsGateway,
    private readonly hours: SmsHours,
    private readonly hear: HearPhones,
    private readonly settings: MailSettings,
  ) {}

  /** Sends until nothing is due, the provider is in trouble or `stop` was called. @returns texts handed over */
  async runOnce(): Promise<number> {
    if (!this.gateway.isConfigured) return 0;
    await this.ledger.reapGone(WORKER_GONE_AFTER_MS);
    let sent = 0;
    for (let goesOn = true; goesOn && !this.stopping;) {
      const { claims, moved } = await this.ledger.claim(this.workerId, BATCH);
      const batch = await this.sendBatch(claims);
      sent += batch.sent;
      goesOn = moved > 0 && !batch.isHalted;
    }
    return sent;
  }

  /** Ends the run after the text that is under way; untried rows go back. */
  stop(): void {
    this.stopping = true;
  }

  /** One after the other: a sender number takes about one text a second, and the provider queues what is more. */
  private async sendBatch(claims: readonly SmsClaim[]): Promise<{ sent: number; isHalted: boolean }> {
    const senders = await this.hours.sendersOf(claims);
    let sent = 0;
    for (const [index, claim] of claims.entries()) {
      const done = await this.deliver(claim, senders.get(claim.workspaceId));
      if (done !== 'not_sent') sent += 1;
      if (done !== 'halt' && !this.stopping) continue;
      await this.ledger.release(claims.slice(index + 1), this.hours.pauseUntil());
      return { sent, isHalted: true };
    }
    return { sent, isHalted: false };
  }

  private async deliver(claim: SmsClaim, sender: SmsSender | undefined): Promise<'sent' | 'not_sent' | 'halt'> {
    const waitsUntil = this.hours.waitsUntil(claim, sender);
    if (!sender || waitsUntil) {
      await this.ledger.release([claim], waitsUntil ?? this.hours.pauseUntil());
      return 'not_sent';
    }
    const handed = await this.ledger.handOver(claim, sender.maxPerDayMicros);
    if (handed === 'over_day_cap') await this.ledger.release([claim], this.hours.tomorrow());
    if (handed !== 'handed') return 'not_sent';
    const { phone: to, body, id } = claim;
    const delivery = await this.gateway.send({ to, from: sender.from, body, receiptUrl: this.receiptUrl(id) });
    const { verdict, isRefunded, isRouteTrouble } = smsOutcomeOf(delivery, claim.tries + 1, this.settings.timing);
    await this.ledger.record(claim, verdict, isRefunded);
    if (delivery.kind === 'refused' && delivery.hasStopped)
      await this.hear.stopped(claim.workspaceId, to, 'told the SMS provider STOP');
    return isRouteTrouble ? 'halt' : 'sent';
  }

  private receiptUrl(id: string): string {
    return `${this.settings.identity.publicUrl}/hooks/sms/receipts/${id}`;
  }
}
