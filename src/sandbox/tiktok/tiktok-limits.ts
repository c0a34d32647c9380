import type { Reply } from '../http/call.js';
import type { World } from '../world/world.js';
import { RateWindow } from './rate-window.js';
import type { TikTokEnvelope } from './tiktok-envelope.js';
import type { TikTokAccount, TikTokState } from './tiktok-state.js';

/** Calls per minute and user token (`platforms.md` 1.9). */
const PER_MINUTE = { creator_info: 20, init: 6, status: 30 } as const;
const DAY_MS = 86_400_000;
/** Accounts that may post in 24 h through an app before its audit. */
const UNAUDITED_USERS = 5;

/** How much one account, and the app as a whole, may do. */
export class TikTokLimits {
  readonly #rates = new RateWindow();

  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly envelope: TikTokEnvelope,
  ) {}

  /** The 429 when this call is over the account's limit. */
  overRate(step: keyof typeof PER_MINUTE, account: TikTokAccount): Reply | undefined {
    if (!this.world.settings.tiktokRateLimits) return undefined;
    const key = `${step}|${account.externalId}`;
    const isAdmitted = this.#rates.admit(key, PER_MINUTE[step], this.world.clock.nowMs());
    return isAdmitted
      ? undefined
      : this.envelope.refuse(429, 'rate_limit_exceeded', 'The API rate limit was exceeded.');
  }

  /** What keeps this creator from posting: HTTP 200 from creator_info, 403 from init (`platforms.md` 1.3). */
  blocked(account: TikTokAccount, status: 200 | 403): Reply | undefined {
    const { tiktokDailyPosts: perDay, tiktokUnaudited } = this.world.settings;
    const recent = this.state.acceptedSince(this.world.clock.nowMs() - DAY_MS);
    const own = recent.filter((publish) => publish.account === account);
    if (perDay > 0 && own.length >= perDay) return this.envelope.refuse(status, 'spam_risk_too_many_posts');
    const users = new Set(recent.map((publish) => publish.account));
    if (tiktokUnaudited && !users.has(account) && users.size >= UNAUDITED_USERS)
      return this.envelope.refuse(status, 'reached_active_user_cap');
    return undefined;
  }

  reset(): void {
    this.#rates.reset();
  }
}
