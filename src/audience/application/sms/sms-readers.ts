import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { SmsAudience, type SmsReader } from '../../domain/sms/sms-audience.port.js';

const PAGE = 1_000;

/** A phone and the country whose plan it fits; undefined: none. */
export type PlacedReader = SmsReader & { readonly country: string | undefined };

/** The phones of a broadcast, page by page, each once: a family may share one. */
@Injectable()
export class SmsReaders {
  constructor(
    private readonly audience: SmsAudience,
    private readonly phones: PhoneNumbers,
  ) {}

  async *pages(broadcast: Broadcast, tx?: Tx): AsyncIterable<readonly PlacedReader[]> {
    const seen = new Set<string>();
    for (let after: string | undefined, more = true; more;) {
      const page = await this.audience.page(broadcast, after, PAGE, tx);
      yield page
        .filter(({ phone }) => !seen.has(phone) && seen.add(phone))
        .map((reader) => ({ ...reader, country: this.phones.countryOf(reader.phone) }));
      after = page.at(-1)?.subscriberId;
      more = page.length === PAGE;
    }
  }
}
