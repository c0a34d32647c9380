import { type AudienceTiming, MAX_TRIES } from '../audience.timing.js';
import type { SmsDelivery } from './sms-gateway.port.js';
import type { SmsVerdict } from './sms-ledger.port.js';

/** What a try means for its row, and for the money. */
export interface SmsOutcome {
  readonly verdict: SmsVerdict;
  /** Certainly not sent: what was spent comes back. */
  readonly isRefunded: boolean;
  /** The next texts would meet the same trouble. */
  readonly isRouteTrouble: boolean;
}

/**
 * `unknown` is final on purpose and stays paid: a text that may arrive twice breaks the promise "at most once"
 * (`resilience.md` D2.1), and the provider may bill it.
 * @param tries including this one, >= 1
 */
export const smsOutcomeOf = (delivery: SmsDelivery, tries: number, timing: AudienceTiming): SmsOutcome => {
  if (delivery.kind === 'accepted') {
    const { providerId, reply } = delivery;
    return settled({ state: 'accepted', reply, providerId }, false);
  }
  if (delivery.kind === 'unknown') return settled({ state: 'unknown', reply: delivery.detail }, false);
  const { lasting, stage, reply, retryAfterMs } = delivery;
  if (lasting === 'permanent' || tries >= MAX_TRIES) return settled({ state: 'failed', reply }, true);
  const nextTryAfterMs = Math.max(retryAfterMs ?? 0, timing.retryAfterMs(tries));
  const verdict: SmsVerdict = { state: 'deferred', reply, nextTryAfterMs };
  return { verdict, isRefunded: true, isRouteTrouble: stage === 'route' };
};

const settled = (verdict: SmsVerdict, isRefunded: boolean): SmsOutcome => ({
  verdict,
  isRefunded,
  isRouteTrouble: false,
});
