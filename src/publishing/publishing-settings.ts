import type { RoutingTiming } from '../routing/domain/routing-timing.js';
import type { PublishingTiming } from './domain/publishing-timing.js';

/** What publishing takes from the configuration. */
export class PublishingSettings {
  constructor(
    readonly timing: PublishingTiming,
    readonly routing: RoutingTiming,
    /** The same post does not go out twice on one account within this, ms (design section 6: 24 h). */
    readonly samePostGapMs: number,
    /** Publish calls this process runs at once. */
    readonly concurrency: number,
    /** 0..1, drawn anew at each call; fixed in tests. */
    readonly jitter: () => number,
    /** Publish calls this process begins per platform and second, > 0; 0: no limit. */
    readonly perPlatformPerSecond = 0,
  ) {}
}
