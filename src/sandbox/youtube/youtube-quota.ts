import type { Reply } from '../http/call.js';
import type { World } from '../world/world.js';
import { youtubeError } from './youtube-errors.js';
import type { YouTubeState } from './youtube-state.js';

/** Buckets of `platforms.md` 3.2. */
export type Bucket = 'inserts' | 'batchStats' | 'units';

const pacificDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles', dateStyle: 'short' });

/** The project's daily quota; every bucket comes back at midnight in Los Angeles. */
export class YouTubeQuota {
  constructor(
    private readonly world: World,
    private readonly state: YouTubeState,
  ) {}

  /** Charges a request, valid or not. @returns the refusal when the bucket is empty */
  charge(bucket: Bucket, units = 1): Reply | undefined {
    const key = `${bucket} ${pacificDay.format(this.world.clock.nowMs())}`;
    const used = this.state.quotaUsed.get(key) ?? 0;
    const limit = this.limitOf(bucket);
    if (limit > 0 && used + units > limit) {
      const message = 'The request cannot be completed because you have exceeded your quota.';
      return youtubeError(403, 'quotaExceeded', message, 'youtube.quota');
    }
    this.state.quotaUsed.set(key, used + units);
    return undefined;
  }

  private limitOf(bucket: Bucket): number {
    const { shortsDailyInserts, shortsDailyBatchStats, shortsDailyUnits } = this.world.settings;
    return { inserts: shortsDailyInserts, batchStats: shortsDailyBatchStats, units: shortsDailyUnits }[bucket];
  }
}
