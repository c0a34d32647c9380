import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';

/** What is counted: on whose account it is tried, from where, and (`pair`) on this account from there. */
export type ThrottleKind = 'sign_in_pair' | 'sign_in_account' | 'sign_in_address' | 'reset_account' | 'reset_address';

/** How many in how long. */
export interface ThrottleLimit {
  readonly tries: number;
  readonly windowMs: number;
}

/**
 * The pair's limit is for guessing one password, the address's for trying one password on many, the account's for guesses
 * from many places: a stranger in one place cannot shut the account for its person elsewhere. A good sign-in gives its
 * tries back; a new password by mail opens an account that was shut.
 */
export const THROTTLE_LIMITS: Readonly<Record<ThrottleKind, ThrottleLimit>> = {
  sign_in_pair: { tries: 10, windowMs: 15 * MINUTE_MS },
  sign_in_account: { tries: 50, windowMs: 15 * MINUTE_MS },
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
