import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { analyticsSpan } from '../../publishing/domain/metrics/analytics-span.js';
import { Workspaces } from '../../workspaces/index.js';
import {
  type BestPost,
  MOST_SERIES,
  seriesOf,
  type SuspectSpan,
  THIN_SAMPLE,
  type ViewsFilter,
  type ViewsGroup,
  type ViewsSeries,
} from '../domain/views.js';
import { ViewsReader } from '../domain/views-reader.port.js';

export interface Views {
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
  readonly series: readonly ViewsSeries[];
  readonly suspectSpans: readonly SuspectSpan[];
  /** There are more series than are answered. */
  readonly truncated: boolean;
}

export interface BestPosts {
  readonly items: readonly BestPost[];
  /** Posts with a trustworthy read at one day. */
  readonly sampleSize: number;
  readonly isThin: boolean;
}

/** Views over time, and the posts that brought most of them. */
@Injectable()
export class ReadViews {
  constructor(
    private readonly reader: ViewsReader,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `analytics.bad_span` */
  async overTime(workspaceId: WorkspaceId, asked: Partial<ViewsFilter>, group: ViewsGroup): Promise<Views> {
    const span = analyticsSpan(asked, this.clock.now());
    const filter = { ...asked, ...span };
    const { timeZone: zone } = await this.workspaces.get(workspaceId);
    const [rows, suspectSpans] = await Promise.all([
      this.reader.series(workspaceId, filter, { group, zone, limit: MOST_SERIES + 1 }),
      this.reader.suspectSpans(workspaceId, filter),
    ]);
    const series = seriesOf(rows);
    const truncated = series.length > MOST_SERIES;
    return { ...span, zone, series: series.slice(0, MOST_SERIES), suspectSpans, truncated };
  }

  /** @throws DomainError `analytics.bad_span` */
  async best(workspaceId: WorkspaceId, asked: Partial<ViewsFilter>, limit: number): Promise<BestPosts> {
    const filter = { ...asked, ...analyticsSpan(asked, this.clock.now()) };
    const { items, sampleSize } = await this.reader.bestPosts(workspaceId, filter, limit);
    return { items, sampleSize, isThin: sampleSize < THIN_SAMPLE };
  }
}
