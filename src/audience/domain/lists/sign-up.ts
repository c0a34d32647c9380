import { DAY_MS } from '../../../kernel/durations.js';
import type { SubscriberStatus, SuppressionReason } from './subscriber.js';

/** A confirm link works this long (`resilience.md` D2.3). */
export const CONFIRM_LINK_LIFE_MS = 7 * DAY_MS;
/** Confirm mails an address gets at most within `CONFIRM_MAIL_WINDOW_MS`, whoever asks for them. */
export const CONFIRM_MAILS_PER_WINDOW = 3;
export const CONFIRM_MAIL_WINDOW_MS = 7 * DAY_MS;

/** What is known of an address when someone signs it up. */
export interface SignUpFacts {
  /** undefined: not on the list. */
  readonly status?: SubscriberStatus;
  readonly suppression?: SuppressionReason;
  /** Confirm mails asked for within the window. */
  readonly recentRequests: number;
  /** The workspace declares a consent given elsewhere. */
  readonly alreadyConfirmed: boolean;
  /** False: nothing is mailed now. */
  readonly isAsked: boolean;
}

/**
 * - `ask`: pending, a confirm mail goes out
 * - `admit`: confirmed at once
 * - `declare`: pending, nothing is mailed
 * - `exists`: confirmed already
 * - `suppressed`: this address must not be written to
 * - `limited`: it got its confirm mails of this week
 */
export type SignUpDecision = 'ask' | 'admit' | 'declare' | 'exists' | 'suppressed' | 'limited';

/**
 * What a sign-up does. Someone who left may ask for a new confirm mail, since only they can click it;
 * nobody else's word brings them back.
 */
export const decideSignUp = (facts: SignUpFacts): SignUpDecision => {
  const { status, suppression, recentRequests, alreadyConfirmed, isAsked } = facts;
  const speaksForThem = alreadyConfirmed || !isAsked;
  if (suppression && (speaksForThem || !endsByConfirming(suppression))) return 'suppressed';
  if (status === 'confirmed') return 'exists';
  if (status === 'bounced' || status === 'complained') return 'suppressed';
  if (alreadyConfirmed) return status === 'unsubscribed' || status === 'erased' ? 'suppressed' : 'admit';
  if (!isAsked) return declared(status);
  return recentRequests >= CONFIRM_MAILS_PER_WINDOW ? 'limited' : 'ask';
};

const declared = (status: SubscriberStatus | undefined): SignUpDecision => {
  if (status === undefined) return 'declare';
  return status === 'pending' ? 'exists' : 'suppressed';
};

/** True for a suppression that the person's own new confirmation lifts. */
export const endsByConfirming = (reason: SuppressionReason): boolean =>
  reason === 'unsubscribed' || reason === 'erased' || reason === 'paused';
