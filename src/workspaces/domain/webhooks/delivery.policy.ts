import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';

/** Waits between two tries; together 23.7 hours. */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
];

/** Nothing but failures for so long: the webhook is switched off. */
export const DISABLE_AFTER_MS = DAY_MS;
/** The longest wait a receiver may ask for by `Retry-After`. */
const LONGEST_ASKED_MS = HOUR_MS;
const JITTER = 0.1;

/** How one try ended. `code` is the HTTP status, when there was an answer. */
export interface TryResult {
  readonly code?: number;
  /** In words, when it was no success. */
  readonly error?: string;
  readonly durationMs: number;
  /** What the answer's `Retry-After` asks for. */
  readonly retryAfterMs?: number;
}

/** What follows from a try: it arrived; it is tried again; it is given up; the receiver wants nothing more. */
export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly inMs: number }
  | { readonly kind: 'given_up' }
  | { readonly kind: 'gone' };

/**
 * What becomes of a delivery.
 * @param tries tries so far with this one, integer >= 1
 * @param jitterRatio 0..1, spreads the wait by +/-10 %
 * Source: Standard Webhooks 1.0.0: 2xx is success, 410 ends the subscription, redirects are failures.
 */
export const judgeTry = ({ code, retryAfterMs = 0 }: TryResult, tries: number, jitterRatio: number): Verdict => {
  if (code !== undefined && code >= 200 && code < 300) return { kind: 'delivered' };
  if (code === 410) return { kind: 'gone' };
  const base = RETRY_AFTER_MS[tries - 1];
  if (base === undefined) return { kind: 'given_up' };
  const spread = base * (1 + JITTER * (2 * jitterRatio - 1));
  return { kind: 'again', inMs: Math.round(Math.max(spread, Math.min(retryAfterMs, LONGEST_ASKED_MS))) };
};
