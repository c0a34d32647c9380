import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { Severity } from './change.js';

/**
 * How one send ended.
 * - `delivered`: the other side took it
 * - `not_sent`: certainly not taken; `gone` when the address or token itself is dead
 * - `unknown`: it may have arrived
 */
export type SendResult =
  | { readonly kind: 'delivered'; readonly detail: string; readonly code?: string }
  | {
      readonly kind: 'not_sent';
      readonly lasting: 'temporary' | 'permanent';
      readonly detail: string;
      readonly code?: string;
      readonly retryAfterMs?: number;
      readonly isGone?: boolean;
    }
  | { readonly kind: 'unknown'; readonly detail: string; readonly code?: string };

/**
 * What follows a send. `retry`: it was certainly not taken; `tell_again`: it may have arrived, and is told once more with a
 * word of that; `unknown`: nobody will ever know.
 */
export type SendVerdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly inMs: number }
  | { readonly kind: 'tell_again'; readonly inMs: number }
  | { readonly kind: 'failed'; readonly isGone: boolean }
  | { readonly kind: 'unknown' };

/** Waits after sends that were certainly not taken; together 7.7 hours. News older than that helps nobody. */
export const RETRY_AFTER_MS: readonly number[] = [
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];
/** The longest wait the other side may ask for. */
const LONGEST_ASKED_MS = HOUR_MS;
const JITTER = 0.1;

/** A message on its way. */
export interface PendingMessage {
  /** Sends so far with this one, integer >= 1. */
  readonly tries: number;
  /** How often its fate was unknown before. */
  readonly unknowns: number;
  readonly severity: Severity;
}

/**
 * What becomes of a message. One whose fate is unknown is never sent again soon: what is only good to know is left at
 * that; a warning is told once more after `repeatAfterMs`, marked as a repetition and under the same Message-ID, since
 * silence about an outage is worse than hearing of it twice. A second unknown is final.
 * @param jitterRatio 0..1, spreads the wait by +/-10 %
 */
export const judgeSend = (
  result: SendResult,
  message: PendingMessage,
  { repeatAfterMs, jitterRatio }: { readonly repeatAfterMs: number; readonly jitterRatio: number },
): SendVerdict => {
  if (result.kind === 'delivered') return { kind: 'delivered' };
  if (result.kind === 'unknown')
    return message.unknowns > 0 || message.severity === 'info'
      ? { kind: 'unknown' }
      : { kind: 'tell_again', inMs: repeatAfterMs };
  const base = RETRY_AFTER_MS[message.tries - 1];
  if (result.lasting === 'permanent' || base === undefined) return { kind: 'failed', isGone: result.isGone === true };
  const spread = base * (1 + JITTER * (2 * jitterRatio - 1));
  return { kind: 'retry', inMs: Math.round(Math.max(spread, Math.min(result.retryAfterMs ?? 0, LONGEST_ASKED_MS))) };
};
