import { plusMs } from '../../kernel/durations.js';
import { isHandOffIdentity } from '../../platforms/domain/hand-off-mode.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { REFRESH_BEFORE_MS } from './refresh.policy.js';
import type { TokenEnd } from './token-ends.port.js';

/**
 * Why an account's credentials may not last through an outage.
 * - `needs_reconnect`: they are refused already
 * - `expired`: they ended and were not renewed
 * - `refused_once`: the platform refused to renew them; the next refusal takes the account out
 * - `overdue`: their renewal should have happened by now
 * - `ends_unrenewable`: they end during the outage, and cannot be renewed once they ended
 */
export type TokenRisk = 'needs_reconnect' | 'expired' | 'refused_once' | 'overdue' | 'ends_unrenewable';

/** Instagram's tokens cannot be renewed once they ended (`platforms.md` 2.1). */
const UNRENEWABLE_ONCE_ENDED: readonly PlatformName[] = ['reels'];

/** An outage, as far as tokens are concerned: the platform's token endpoint is out with the rest of it. */
export interface OutageSpan {
  readonly platform: PlatformName;
  readonly from: Date;
  readonly until: Date;
}

/** @returns undefined where nothing is to be feared */
export const tokenRisk = (account: TokenEnd, outage: OutageSpan): TokenRisk | undefined => {
  if (account.status === 'needs_reconnect') return 'needs_reconnect';
  if (account.status !== 'active' || isHandOffIdentity(account.externalId)) return undefined;
  if (account.refreshRefusedAt) return 'refused_once';
  const { platform, tokenExpiresAt: end } = account;
  if (!end) return undefined;
  if (end <= outage.from) return 'expired';
  // Half of its lead has passed: the schedule, which tries all the while, did not get a new one.
  if (end < plusMs(outage.from, REFRESH_BEFORE_MS[platform] / 2)) return 'overdue';
  const isOut = platform === outage.platform;
  return isOut && end < outage.until && UNRENEWABLE_ONCE_ENDED.includes(platform) ? 'ends_unrenewable' : undefined;
};
