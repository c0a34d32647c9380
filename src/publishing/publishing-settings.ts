import type { PublishingTiming } from './domain/publishing-timing.js';

/** What publishing takes from the configuration. */
export class PublishingSettings {
  constructor(
    readonly timing: PublishingTiming,
    /** Publish calls this process runs at once. */
    readonly concurrency: number,
    /** 0..1, drawn anew at each call; fixed in tests. */
    readonly jitter: () => number,
  ) {}
}
