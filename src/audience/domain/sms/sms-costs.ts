import type { SmsSettings } from './sms-settings.js';

/** What a text to a list costs. */
export interface SmsCost {
  readonly recipients: number;
  readonly segments: number;
  readonly micros: number;
  readonly countries: readonly { readonly country: string; readonly recipients: number; readonly micros: number }[];
  /** Numbers in countries without a price. */
  readonly notAllowed: number;
  /** Numbers beyond the cap of one broadcast. */
  readonly overCap: number;
}

/** Whether one more number gets the text. */
export type SmsAdmission =
  | { readonly kind: 'sent'; readonly micros: number }
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'over_cap'; readonly micros: number };

/**
 * The bill of one broadcast, number by number in the order in which they joined. A preview and the freeze keep the same
 * bill, so that what is shown is what is spent.
 */
export class SmsBill {
  private readonly prices: ReadonlyMap<string, number>;
  private readonly sent = new Map<string, number>();
  private micros = 0;
  private notAllowed = 0;
  private overCap = 0;

  /** @param segments of the text, at least 1 */
  constructor(
    private readonly settings: Pick<SmsSettings, 'countries' | 'maxPerBroadcastMicros'>,
    private readonly segments: number,
  ) {
    this.prices = new Map(settings.countries.map(({ country, segmentMicros }) => [country, segmentMicros * segments]));
  }

  /** @param country ISO letters; undefined for a number that fits no plan */
  add(country: string | undefined): SmsAdmission {
    const micros = country === undefined ? undefined : this.prices.get(country);
    if (country === undefined || micros === undefined) {
      this.notAllowed += 1;
      return { kind: 'not_allowed' };
    }
    if (this.micros + micros > this.settings.maxPerBroadcastMicros) {
      this.overCap += 1;
      return { kind: 'over_cap', micros };
    }
    this.micros += micros;
    this.sent.set(country, (this.sent.get(country) ?? 0) + 1);
    return { kind: 'sent', micros };
  }

  get total(): SmsCost {
    const countries = [...this.sent].map(([country, recipients]) => ({
      country,
      recipients,
      micros: recipients * (this.prices.get(country) ?? 0),
    }));
    const recipients = countries.reduce((sum, one) => sum + one.recipients, 0);
    const { micros, notAllowed, overCap } = this;
    return { recipients, segments: recipients * this.segments, micros, countries, notAllowed, overCap };
  }
}

/** Millionths as an amount a person reads: `0.0079`, `12.50`. */
export const amountOf = (micros: number): string => {
  const [whole = '0', parts = ''] = (micros / 1_000_000).toFixed(6).split('.');
  return `${whole}.${parts.replace(/0+$/, '').padEnd(2, '0')}`;
};
