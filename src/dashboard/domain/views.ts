import type { AnalyticsSpan } from '../../publishing/domain/metrics/analytics-span.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

export const VIEWS_GROUPS = ['platform', 'account', 'post'] as const;
export type ViewsGroup = (typeof VIEWS_GROUPS)[number];

/** Most lines that a chart still shows apart. */
export const MOST_SERIES = 20;

/** Under so many measured posts a rank says little. */
export const THIN_SAMPLE = 5;

/** Whose views; all optional ones combined. */
export interface ViewsFilter extends AnalyticsSpan {
  readonly platform?: PlatformName | undefined;
  readonly accountId?: string | undefined;
  readonly postId?: string | undefined;
}

/** What the reads of one day told; a day without reads has no point. */
export interface ViewsPoint {
  /** `YYYY-MM-DD` in the workspace's zone. */
  readonly day: string;
  /** Known at its end by trustworthy reads. */
  readonly views: number;
  /** What these reads found more than the ones before, which may be days older; null: no read could be trusted. */
  readonly gained: number | null;
  /** Trustworthy reads. */
  readonly samples: number;
  /** Reads while the platform was in trouble: they count for nothing else. */
  readonly suspectSamples: number;
}

/** The views of one platform, account or post. */
export interface ViewsSeries {
  readonly key: string;
  /** For people: the platform's, the account's name, the caption. */
  readonly label: string;
  /** Published targets that were read in the span. */
  readonly targets: number;
  readonly samples: number;
  readonly points: readonly ViewsPoint[];
}

/** A time in which counters of a platform could not be believed. */
export interface SuspectSpan {
  readonly platform: PlatformName;
  readonly region: string;
  /** `counters`: views stood still where they usually come. */
  readonly because: 'incident' | 'counters';
  readonly incidentId: string | null;
  readonly from: Date;
  /** null: it lasts. */
  readonly to: Date | null;
  /** In words. */
  readonly reason: string;
}

/** A post by what it had brought a day after publishing, at which all are of one age. */
export interface BestPost {
  readonly postId: string;
  readonly caption: string;
  readonly platforms: readonly PlatformName[];
  readonly targets: number;
  /** Those with a trustworthy read at one day. */
  readonly measured: number;
  /** Median over them. */
  readonly views24h: number;
  /** Sum of the newest trustworthy reads of all its targets. */
  readonly views: number;
}

/** One row of the statement: a day of a series, or (`day` null) what was known before the span. */
export interface ViewsRow {
  readonly key: string;
  readonly label: string;
  readonly day: string | null;
  readonly gained: number | null;
  readonly samples: number;
  readonly suspectSamples: number;
  readonly targets: number;
}

/** Lays the days of each series upon what was known before. @param rows series by series, the oldest day first */
export const seriesOf = (rows: readonly ViewsRow[]): ViewsSeries[] =>
  [...Map.groupBy(rows, ({ key }) => key).values()].map((own) => {
    let views = own.find(({ day }) => day === null)?.gained ?? 0;
    const points = own.flatMap(({ day, gained, samples, suspectSamples }) => {
      if (day === null) return [];
      views += gained ?? 0;
      return [{ day, views, gained, samples, suspectSamples }];
    });
    const samples = points.reduce((sum, point) => sum + point.samples, 0);
    const { key = '', label = '', targets = 0 } = own[0] ?? {};
    return { key, label, targets, samples, points };
  });
