import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { TimedViews } from '../../domain/metrics/best-times.js';
import { type AccountViews, TimedViewsReader, type TimedViewsWish } from '../../domain/metrics/timed-views.port.js';

/** $1 workspace, $2 account, $3 from, $4 zone, $5 limit. The account's index is walked from now back. */
const VIEWS = `
  with newest as materialized (
    select id, published_at from target
     where workspace_id = $1 and account_id = $2 and status = 'published' and scheduled_at >= $3 and scheduled_at <= now()
     order by scheduled_at desc, id desc limit $5
  )
  select n.published_at as "publishedAt", extract(isodow from n.published_at at time zone $4)::int as "isoDay",
         extract(hour from n.published_at at time zone $4)::int as hour,
         m.good::float8 as views, coalesce(m.is_suspect, false) as "isSuspect"
    from newest n
    left join lateral (
      select max(views) filter (where not suspect) as good, bool_and(suspect) as is_suspect
        from target_metric where target_id = n.id and milestone_seconds = 86400
    ) m on true
   where n.published_at is not null`;

type ViewsRow = Omit<TimedViews, 'views'> & { readonly views: number | null; readonly isSuspect: boolean };

@Injectable()
export class TimedViewsRepository extends TimedViewsReader {
  constructor(private readonly database: Database) {
    super();
  }

  async of({ workspaceId, accountId, from, zone, limit }: TimedViewsWish): Promise<AccountViews> {
    const rows = await this.database.rows<ViewsRow>(VIEWS, [workspaceId, accountId, from, zone, limit]);
    const suspectCount = rows.filter(({ views, isSuspect }) => views === null && isSuspect).length;
    const measured = rows.flatMap(({ publishedAt, isoDay, hour, views }) =>
      views === null ? [] : [{ publishedAt, isoDay, hour, views }],
    );
    return { measured, suspectCount, unmeasuredCount: rows.length - measured.length - suspectCount };
  }
}
