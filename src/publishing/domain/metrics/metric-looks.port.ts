import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PostCounters } from './post-counters.js';
import type { LookFacts } from './metric-schedule.js';

/** One published target whose counters are to be read now. */
export interface LookDue extends LookFacts {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  /** Absent while the platform has not told it (TikTok, hand-off). */
  readonly platformPostId?: string;
  /** The newest sample with views; absent before the first. */
  readonly before?: { readonly at: Date; readonly views: number };
  /** Names this claim; what a later claim took over is not written. */
  readonly claim: string;
}

/** What a look showed. */
export interface LookResult {
  readonly targetId: string;
  readonly claim: string;
  readonly failures: number;
  /** undefined: there is no further look. */
  readonly nextAt?: Date | undefined;
  readonly sample?: PostCounters & {
    readonly at: Date;
    readonly milestoneSeconds?: number | undefined;
    readonly suspect: boolean;
  };
  /** The public link, where the target has none yet. */
  readonly permalink?: string | undefined;
  /** What the answer says of the platform's reading; undefined: nothing, the trouble is the account's or ours. */
  readonly reading?: 'good' | 'bad' | undefined;
}

/** A budget to take calls from. */
export interface CallsWanted {
  readonly scopeId: string;
  readonly calls: number;
  readonly limit: number;
  readonly windowMs: number;
}

/** Which published targets want their counters read, and when. */
export abstract class MetricLooks {
  /** Takes up what was published on these platforms since the last time. @returns how many events were read */
  abstract enrol(platforms: readonly PlatformName[], wish: { firstMs: number; forMs: number }): Promise<number>;
  /** Nobody enrols any more: events need not be kept for it. */
  abstract dismiss(): Promise<void>;
  /** Due looks, oldest first, nobody else's for `leaseMs`. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly LookDue[]>;
  /** Writes samples and next looks, all or nothing. @returns the targets whose claim still stood */
  abstract store(results: readonly LookResult[], tx?: Tx): Promise<readonly string[]>;
  /** @returns undefined when granted, else when the window ends */
  abstract takeCalls(wanted: CallsWanted): Promise<Date | undefined>;
}
