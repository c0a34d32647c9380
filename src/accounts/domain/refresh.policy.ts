import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { ConnectOutcome } from '../../platforms/domain/publish-outcome.js';

/** Longest time a token endpoint may take. */
export const REFRESH_CALL_TIMEOUT_MS = 20 * SECOND_MS;

/** Longer than the call, so that a living holder always writes under its own lease. */
export const REFRESH_LEASE_MS = 45 * SECOND_MS;

/** A token that ends within this is renewed before it is used, if the endpoint answers. */
export const RENEW_BEFORE_USE_MS = 5 * MINUTE_MS;

/** So many failures in a row, and a platform's token endpoint is left alone until the next round. */
export const GIVE_UP_AFTER = 3;

/** A pair that the platform gave is worth a lot: for so long its write is repeated while the database is away. */
export const STORE_FOR_MS = 2 * MINUTE_MS;

/**
 * A pasted token does not tell when it ends. It is renewed once it is this old, so that the platform names an end and
 * the schedule can keep it alive; then once a day until one is named. A refusal of such a trial proves nothing.
 */
export const TRIAL_AFTER_MS = 10 * MINUTE_MS;
export const TRIAL_EVERY_MS = DAY_MS;

/** Two refusals at least this far apart take an account out (design 4.6). */
export const REFUSAL_SPACING_MS = MINUTE_MS;

/** How long a caller waits for a refresh that someone else runs. */
export const WAIT_FOR_OTHER_MS = 10 * SECOND_MS;

/**
 * How long before its end a token is renewed. Half an hour lets a long upload end on the old token and leaves
 * room for an ailing endpoint (`platforms.md` 1.1). Instagram's live 60 days and cannot be renewed once they ended
 * (2.1), so they get a week.
 */
export const REFRESH_BEFORE_MS: Readonly<Record<PlatformName, number>> = {
  tiktok: 30 * MINUTE_MS,
  reels: 7 * DAY_MS,
  shorts: 30 * MINUTE_MS,
  skylight: 30 * MINUTE_MS,
  // Bot tokens and hand-offs have no clock.
  discord: 0,
  telegram: 0,
  upscrolled: 0,
};

/** Whether a token should be renewed before it is used. @param expiresAt undefined: it has no end */
export const endsSoon = (expiresAt: Date | undefined, now: Date): boolean =>
  expiresAt !== undefined && expiresAt.getTime() - now.getTime() < RENEW_BEFORE_USE_MS;

/** `renewed`: store it. `refused`: the credentials themselves are not accepted. `failed`: says nothing about them. */
export type RefreshVerdict =
  | { readonly kind: 'renewed'; readonly outcome: Extract<ConnectOutcome, { kind: 'connected' }> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed' };

/**
 * What a token endpoint's answer means for the account. Only a plain "no" about these credentials counts against
 * them; a failing endpoint, an app that is itself refused, or someone else's tokens never disconnect an account.
 */
export const judgeRefresh = (outcome: ConnectOutcome | undefined, externalId: string): RefreshVerdict => {
  if (outcome?.kind === 'connected')
    return outcome.externalId === externalId ? { kind: 'renewed', outcome } : { kind: 'failed' };
  if (outcome?.kind === 'unauthorised') return { kind: 'refused' };
  if (outcome?.kind === 'rejected' && outcome.category === 'account_issue') return { kind: 'refused' };
  return { kind: 'failed' };
};
