import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** One reading of a post's counters; absent where the platform does not tell. */
export interface MetricSample {
  readonly at: Date;
  /** Since publishing. */
  readonly ageSeconds: number;
  readonly milestoneSeconds: number | null;
  readonly views: number | null;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly shares: number | null;
  /** The platform was in trouble when it answered. */
  readonly suspect: boolean;
}

export const ANALYTICS_GROUPS = ['day', 'platform', 'account', 'post'] as const;
export type AnalyticsGroup = (typeof ANALYTICS_GROUPS)[number];

/** Which published targets are counted; all optional ones combined. */
export interface AnalyticsFilter {
  /** Published at or after. */
  readonly from: Date;
  /** Published before. */
  readonly to: Date;
  readonly platform?: PlatformName | undefined;
  readonly accountId?: string | undefined;
  readonly tag?: string | undefined;
}

/**
 * Sums of the newest trustworthy sample of each target, and medians of views at an age. Suspect samples count for
 * nothing but `suspectSamples`.
 */
export interface AnalyticsRow {
  /** The day in the workspace's zone, platform, account or post; null: everything. */
  readonly key: string | null;
  /** Published targets. */
  readonly published: number;
  /** Those with at least one trustworthy sample. */
  readonly measured: number;
  readonly suspectSamples: number;
  readonly views: number;
  readonly likes: number;
  readonly comments: number;
  readonly shares: number;
  readonly medianViews1h: number | null;
  readonly sampleSize1h: number;
  readonly medianViews24h: number | null;
  readonly sampleSize24h: number;
}

/** Reads the counters of one workspace. */
export abstract class MetricsReader {
  /** Oldest first. @returns undefined when the workspace has no such target */
  abstract seriesOf(workspaceId: string, targetId: string): Promise<readonly MetricSample[] | undefined>;
  /** The total first, then at most `limit` groups: days in order, others by views. */
  abstract analytics(
    workspaceId: string,
    filter: AnalyticsFilter,
    by: { readonly group: AnalyticsGroup; readonly zone: string; readonly limit: number },
  ): Promise<readonly AnalyticsRow[]>;
}
