import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { PhoneConsents } from '../../domain/lists/phone-consents.port.js';
import { SmsGateway } from '../../domain/sms/sms-gateway.port.js';
import { type NewSms, SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { SmsQuestions } from './sms-questions.js';

const AT_ONCE = 100;

/** Asks phones that somebody put on the list whether they want to be there; only a YES from the phone confirms it. */
@Injectable()
export class AskPhones {
  constructor(
    private readonly gateway: SmsGateway,
    private readonly settings: SmsSettingsStore,
    private readonly consents: PhoneConsents,
    private readonly questions: SmsQuestions,
    private readonly ledger: SmsLedger,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns questions written down; they are sent as every text is */
  async runOnce(): Promise<number> {
    if (!this.gateway.isConfigured) return 0;
    const senders = new Map((await this.settings.switchedOn()).map((one) => [one.workspaceId, one]));
    if (senders.size === 0) return 0;
    return this.unitOfWork.run(async (tx) => {
      const unasked = await this.consents.takeUnasked([...senders.keys()], AT_ONCE, tx);
      const rows: NewSms[] = [];
      for (const phone of unasked) {
        const settings = senders.get(phone.workspaceId);
        if (settings) rows.push(await this.questions.of(phone, settings));
      }
      return this.ledger.insert(rows, tx);
    });
  }
}
