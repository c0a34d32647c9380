/** One text to one phone. */
export interface Sms {
  /** E.164. */
  readonly to: string;
  /** E.164 number or messaging service. */
  readonly from: string;
  readonly body: string;
  /** Where its receipts are posted. */
  readonly receiptUrl: string;
}

/**
 * - `accepted`: the provider took it and will bill it
 * - `refused`: certainly not sent. `route` when the provider or our account is in trouble, `message` when it judged
 *   this one; `hasStopped` when the number told the provider itself that it wants nothing
 * - `unknown`: it may have been taken; never sent again
 */
export type SmsDelivery =
  | { readonly kind: 'accepted'; readonly providerId: string; readonly reply: string }
  | {
      readonly kind: 'refused';
      readonly lasting: 'temporary' | 'permanent';
      readonly stage: 'route' | 'message';
      readonly reply: string;
      readonly retryAfterMs?: number;
      readonly hasStopped?: true;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

/** The way to the phones. Answers values; never sends again by itself. */
export abstract class SmsGateway {
  /** False without credentials: no text is frozen, none leaves. */
  abstract readonly isConfigured: boolean;
  abstract send(sms: Sms): Promise<SmsDelivery>;
}
