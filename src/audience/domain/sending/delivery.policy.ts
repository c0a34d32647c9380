import { type AudienceTiming, MAX_TRIES } from '../audience.timing.js';
import type { MailDelivery } from './mailer.port.js';

/** What is written into a recipient's row after a try. */
export interface DeliveryVerdict {
  readonly state: 'accepted' | 'deferred' | 'failed' | 'unknown';
  readonly reply: string;
  readonly server?: string;
  /** False: the trouble was our server's, and counts against nobody. Left out: true. */
  readonly isTry?: false;
  /** Only with `deferred`. */
  readonly nextTryAfterMs?: number;
}

/**
 * `unknown` is final on purpose: a notice that may arrive twice breaks the promise "at most once"
 * (`resilience.md` D2.1), a notice that may be missing does not.
 * @param tries including this one, >= 1
 */
export const verdictOf = (delivery: MailDelivery, tries: number, timing: AudienceTiming): DeliveryVerdict => {
  if (delivery.kind === 'accepted') return { state: 'accepted', reply: delivery.reply, server: delivery.server };
  if (delivery.kind === 'unknown') return { state: 'unknown', reply: delivery.detail };
  // The trouble is our server's: nobody is given up for it, now or at the next answer.
  if (delivery.stage === 'route')
    return { state: 'deferred', reply: delivery.reply, isTry: false, nextTryAfterMs: timing.routePauseMs };
  if (delivery.lasting === 'permanent' || tries >= MAX_TRIES) return { state: 'failed', reply: delivery.reply };
  return { state: 'deferred', reply: delivery.reply, nextTryAfterMs: timing.retryAfterMs(tries) };
};
