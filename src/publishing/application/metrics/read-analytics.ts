import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../workspaces/index.js';
import { analyticsSpan } from '../../domain/metrics/analytics-span.js';
import { Engine } from '../engine.js';
import { type AnalyticsFilter, type AnalyticsGroup, type AnalyticsRow, MetricsReader } from './metrics-reader.js';

const MOST_GROUPS = 1_000;

export interface Analytics {
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
  readonly total: AnalyticsRow;
  readonly rows: readonly AnalyticsRow[];
  readonly truncated: boolean;
}

/** What a workspace's posts brought in a span of time. */
@Injectable()
export class ReadAnalytics {
  constructor(
    private readonly reader: MetricsReader,
    private readonly workspaces: Workspaces,
    private readonly engine: Engine,
  ) {}

  /** @throws DomainError `analytics.bad_span` when it is empty or longer than 366 days */
  async execute(workspaceId: string, filter: Partial<AnalyticsFilter>, group: AnalyticsGroup): Promise<Analytics> {
    const { from, to } = analyticsSpan(filter, this.engine.now());
    const { timeZone: zone } = await this.workspaces.get(workspaceId);
    const wish = { group, zone, limit: MOST_GROUPS + 1 };
    const [total = NOTHING, ...rows] = await this.reader.analytics(workspaceId, { ...filter, from, to }, wish);
    const truncated = rows.length > MOST_GROUPS;
    return { from, to, zone, total, rows: rows.slice(0, MOST_GROUPS), truncated };
  }
}

const NOTHING: AnalyticsRow = {
  key: null,
  published: 0,
  measured: 0,
  suspectSamples: 0,
  views: 0,
  likes: 0,
  comments: 0,
  shares: 0,
  medianViews1h: null,
  sampleSize1h: 0,
  medianViews24h: null,
  sampleSize24h: 0,
};
