import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { BroadcastChannels } from '../../domain/notices/broadcast-channels.port.js';
import { type SmsAdmission, SmsBill } from '../../domain/sms/sms-costs.js';
import { SmsGateway } from '../../domain/sms/sms-gateway.port.js';
import { type NewSms, SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { type ComposedSms, SmsComposer } from './sms-composer.js';
import { type PlacedReader, SmsReaders } from './sms-readers.js';

const LEFT_OUT = {
  not_allowed: 'This country has no price in the SMS settings, so nothing is sent there.',
  over_cap: "The broadcast's spend cap was reached before this number.",
} as const;

/** Writes a row for every phone a broadcast is for; those beyond country list and cap are written too, and not sent. */
@Injectable()
export class FreezeSms extends BroadcastChannels {
  constructor(
    private readonly gateway: SmsGateway,
    private readonly settings: SmsSettingsStore,
    private readonly composer: SmsComposer,
    private readonly readers: SmsReaders,
    private readonly ledger: SmsLedger,
  ) {
    super();
  }

  async freeze(broadcast: Broadcast, tx: Tx): Promise<number> {
    const begun = await this.begin(broadcast, tx);
    if (!begun) return 0;
    let frozen = 0;
    for await (const page of this.readers.pages(broadcast, tx))
      frozen += await this.ledger.insert(
        page.map((reader) => rowOf(broadcast, begun.composed, reader, begun.bill)),
        tx,
      );
    return frozen;
  }

  async count(broadcast: Broadcast, tx: Tx): Promise<number> {
    const begun = await this.begin(broadcast, tx);
    if (!begun) return 0;
    for await (const page of this.readers.pages(broadcast, tx)) for (const { country } of page) begun.bill.add(country);
    return begun.bill.total.recipients;
  }

  /** @returns undefined when nothing goes by text */
  private async begin(broadcast: Broadcast, tx: Tx) {
    if (!this.gateway.isConfigured) return undefined;
    const settings = await this.settings.of(broadcast.workspaceId, tx);
    const composed = settings?.isOn ? await this.composer.of(broadcast, tx) : undefined;
    return settings && composed && { composed, bill: new SmsBill(settings, composed.size.segments) };
  }
}

const rowOf = (broadcast: Broadcast, { text, size }: ComposedSms, reader: PlacedReader, bill: SmsBill): NewSms => ({
  workspaceId: broadcast.workspaceId,
  subscriberId: reader.subscriberId,
  broadcastId: broadcast.id,
  kind: 'broadcast',
  phoneHmac: reader.phoneHmac,
  country: reader.country ?? '',
  body: text,
  segments: size.segments,
  ...priceOf(bill.add(reader.country)),
});

const priceOf = (admission: SmsAdmission): Pick<NewSms, 'costMicros' | 'leftOut'> =>
  admission.kind === 'sent' ? { costMicros: admission.micros } : { costMicros: 0, leftOut: LEFT_OUT[admission.kind] };
