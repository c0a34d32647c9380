import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';

/** What is counted: by whom it is tried, and on whose account. */
export type ThrottleKind = 'sign_in_account' | 'sign_in_address' | 'reset_account' | 'reset_address';

/** How many in how long. */
export interface ThrottleLimit {
  readonly tries: number;
  readonly windowMs: number;
}

/**
 * The account's limit is for guessing one password, the address's for trying one password on many; a good sign-in gives
 * its tries back. Who is shut out by strangers' tries can still set a new password by mail, which opens the account.
 */
export const THROTTLE_LIMITS: Readonly<Record<ThrottleKind, ThrottleLimit>> = {
  sign_in_account: { tries: 10, windowMs: 15 * MINUTE_MS },
  sign_in_address: { tries: 50, windowMs: 15 * MINUTE_MS },
  reset_account: { tries: 3, windowMs: HOUR_MS },
  reset_address: { tries: 20, windowMs: HOUR_MS },
};

/** One counter after a try. */
export interface ThrottleCount {
  readonly kind: ThrottleKind;
  /** This try included. */
  readonly tries: number;
  readonly resetsInMs: number;
}

/** @returns in how many seconds the caller may try again; undefined: now */
export const waitSeconds = (counts: readonly ThrottleCount[]): number | undefined => {
  const full = counts.filter(({ kind, tries }) => tries > THROTTLE_LIMITS[kind].tries);
  if (full.length === 0) return undefined;
  return Math.max(1, ...full.map(({ resetsInMs }) => Math.ceil(resetsInMs / 1000)));
};
