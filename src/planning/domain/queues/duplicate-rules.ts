import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Recycling } from './queue.js';

/** What a platform makes of a post that was there before. */
export interface DuplicateRule {
  /** Days between two runs on one account when nobody says otherwise. Ours: no platform publishes a number. */
  readonly defaultDays: number;
  /** Fewest days, whatever anybody says: a shorter wish is lengthened to this. Ours, with the reason in `why`. */
  readonly leastDays: number;
  /** Whether a post may stand directly after itself on an account: always, in other words, or never. */
  readonly twiceRunning: 'allowed' | 'in_other_words' | 'never';
  /** A sentence for a person. */
  readonly why: string;
}

/**
 * Rules against duplicate content. Sources, as noted in the reference of the platforms (August to November 2026): YouTube
 * Data API, `status.rejectionReason` `duplicate` ("duplicate upload in the same channel"); Graph API error 506 "duplicate
 * post"; TikTok Content Posting API `spam_risk`. A day is the least anywhere, as for fallbacks.
 */
export const DUPLICATE_RULES: Readonly<Record<PlatformName, DuplicateRule>> = {
  tiktok: {
    defaultDays: 30,
    leastDays: 7,
    twiceRunning: 'allowed',
    why: 'TikTok refuses what looks like spam (spam_risk) without naming a number of days.',
  },
  reels: {
    defaultDays: 30,
    leastDays: 1,
    twiceRunning: 'in_other_words',
    why: 'Instagram refuses a duplicate post (error 506).',
  },
  shorts: {
    defaultDays: 90,
    leastDays: 30,
    twiceRunning: 'never',
    why: 'YouTube may reject a file that the channel has already (rejection reason "duplicate").',
  },
  skylight: { defaultDays: 14, leastDays: 1, twiceRunning: 'allowed', why: 'Skylight has no rule; followers do.' },
  discord: { defaultDays: 14, leastDays: 1, twiceRunning: 'allowed', why: 'Discord has no rule; readers do.' },
  telegram: { defaultDays: 14, leastDays: 1, twiceRunning: 'allowed', why: 'Telegram has no rule; readers do.' },
  upscrolled: {
    defaultDays: 30,
    leastDays: 1,
    twiceRunning: 'allowed',
    why: 'UpScrolled has no rule; followers do.',
  },
};

/** Days that a post rests on an account of the platform: its own wish or the default, never below the least. */
export const cooldownDaysOn = (platform: PlatformName, { cooldownDays }: Pick<Recycling, 'cooldownDays'>): number => {
  const { defaultDays, leastDays } = DUPLICATE_RULES[platform];
  return Math.max(cooldownDays[platform] ?? defaultDays, leastDays);
};
