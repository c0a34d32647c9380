import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../workspaces/index.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import type { UnaskedPhone } from '../../domain/lists/phone-consents.port.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import type { NewSms } from '../../domain/sms/sms-ledger.port.js';
import { smsSizeOf } from '../../domain/sms/sms-segments.js';
import type { SmsSettings } from '../../domain/sms/sms-settings.js';
import { confirmText } from '../../domain/sms/sms-text.js';

/** Writes what a phone is asked: whether its holder wants to be on the list. */
@Injectable()
export class SmsQuestions {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly keys: AddressKeys,
    private readonly phones: PhoneNumbers,
  ) {}

  /** @returns also rows for countries that the workspace does not text to, closed */
  async of({ workspaceId, subscriberId, phone }: UnaskedPhone, settings: SmsSettings): Promise<NewSms> {
    const body = confirmText((await this.workspaces.get(workspaceId)).name);
    const { segments } = smsSizeOf(body);
    const country = this.phones.countryOf(phone) ?? '';
    const price = settings.countries.find((one) => one.country === country);
    return {
      workspaceId,
      subscriberId,
      broadcastId: null,
      kind: 'confirm',
      phoneHmac: this.keys.hmacOf(workspaceId, phone),
      country,
      body,
      segments,
      costMicros: (price?.segmentMicros ?? 0) * segments,
      ...(price ? {} : { leftOut: 'This country has no price in the SMS settings, so nothing is sent there.' }),
    };
  }
}
