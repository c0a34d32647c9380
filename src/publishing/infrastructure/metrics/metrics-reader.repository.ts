import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import {
  type AnalyticsFilter,
  type AnalyticsGroup,
  type AnalyticsRow,
  type MetricSample,
  MetricsReader,
} from '../../application/metrics/metrics-reader.js';
import { PublishingSettings } from '../../publishing-settings.js';

const SERIES = `
  select m.at, (extract(epoch from m.at - t.published_at) * $3)::int as "ageSeconds",
         m.milestone_seconds as "milestoneSeconds", m.views::float8, m.likes::float8, m.comments::float8,
         m.shares::float8, m.suspect
    from target_metric m join target t on t.id = m.target_id
   where t.workspace_id = $1 and t.id = $2 order by m.at`;

const KEYS: Readonly<Record<AnalyticsGroup, string>> = {
  day: `to_char(t.published_at at time zone $4, 'YYYY-MM-DD')`,
  platform: 't.platform',
  account: 't.account_id::text',
  post: 't.post_id::text',
};

const newest = (counter: string): string =>
  `(array_agg(m.${counter} order by m.at desc) filter (where not m.suspect and m.${counter} is not null))[1] as ${counter}`;
const viewsAt = (seconds: number): string =>
  `(array_agg(m.views order by m.at desc) filter (where not m.suspect and m.milestone_seconds = ${seconds}))[1]`;

/** $1 workspace, $2 from, $3 to, $4 zone, $5 most groups, then the filters. */
const analyticsSql = (group: AnalyticsGroup, conditions: readonly string[]): string => `
  with chosen as (
    select t.id, ${KEYS[group]} as key, $4::text as zone from target t
     where t.workspace_id = $1 and t.status = 'published' and t.published_at >= $2 and t.published_at < $3
       ${conditions.map((condition) => `and ${condition}`).join(' ')}
  ), seen as (
    select c.key, m.* from chosen c cross join lateral (
      select ${['views', 'likes', 'comments', 'shares'].map(newest).join(', ')},
             ${viewsAt(3_600)} as views_1h, ${viewsAt(86_400)} as views_24h,
             count(*) filter (where not m.suspect) as good, count(*) filter (where m.suspect) as bad
        from target_metric m where m.target_id = c.id
    ) m
  )
  select key, count(*)::int as published, count(*) filter (where good > 0)::int as measured,
         coalesce(sum(bad), 0)::int as "suspectSamples",
         coalesce(sum(views), 0)::float8 as views, coalesce(sum(likes), 0)::float8 as likes,
         coalesce(sum(comments), 0)::float8 as comments, coalesce(sum(shares), 0)::float8 as shares,
         percentile_cont(0.5) within group (order by views_1h) as "medianViews1h", count(views_1h)::int as "sampleSize1h",
         percentile_cont(0.5) within group (order by views_24h) as "medianViews24h",
         count(views_24h)::int as "sampleSize24h"
    from seen group by grouping sets ((), (key))
   order by grouping(key) desc, ${group === 'day' ? 'key' : 'views desc, key'} limit $5 + 1`;

/** The workspace is part of every condition. */
@Injectable()
export class MetricsReaderRepository extends MetricsReader {
  constructor(
    private readonly database: Database,
    private readonly settings: PublishingSettings,
  ) {
    super();
  }

  async seriesOf(workspaceId: string, targetId: string): Promise<readonly MetricSample[] | undefined> {
    const { scale } = this.settings.timing;
    const samples = await this.database.rows<MetricSample>(SERIES, [workspaceId, targetId, scale]);
    if (samples.length > 0) return samples;
    const known = `select 1 from target where workspace_id = $1 and id = $2`;
    return (await this.database.row(known, [workspaceId, targetId])) ? [] : undefined;
  }

  analytics(
    workspaceId: string,
    { from, to, platform, accountId, tag }: AnalyticsFilter,
    by: { readonly group: AnalyticsGroup; readonly zone: string; readonly limit: number },
  ): Promise<readonly AnalyticsRow[]> {
    const parameters: unknown[] = [workspaceId, from, to, by.zone, by.limit];
    const conditions: string[] = [];
    const add = (condition: string, value: unknown): void => {
      if (value !== undefined) conditions.push(condition.replace('@', `$${parameters.push(value)}`));
    };
    add('t.platform = @', platform);
    add('t.account_id = @', accountId);
    add(`t.content -> 'tags' ? @`, tag);
    return this.database.rows(analyticsSql(by.group, conditions), parameters);
  }
}
