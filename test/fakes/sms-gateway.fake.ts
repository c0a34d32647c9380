import { type Sms, type SmsDelivery, SmsGateway } from '../../src/audience/domain/sms/sms-gateway.port.js';

/** A provider that remembers what it took, and answers as told per phone. */
export class FakeSmsGateway extends SmsGateway {
  override readonly isConfigured = true;
  readonly taken: Sms[] = [];
  readonly answers = new Map<string, SmsDelivery>();

  override send(sms: Sms): Promise<SmsDelivery> {
    const answer = this.answers.get(sms.to) ?? {
      kind: 'accepted',
      providerId: `SM${this.taken.length}${sms.to.slice(1)}`,
      reply: 'queued',
    };
    if (answer.kind !== 'refused') this.taken.push(sms);
    return Promise.resolve(answer);
  }

  reset(): void {
    this.taken.length = 0;
    this.answers.clear();
  }
}
