import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { FeedEntries, type FeedSpan } from '../../domain/feed/calendar-feeds.port.js';
import type { FeedEntry } from '../../domain/feed/feed-entry.js';

/**
 * $1 workspace, $2 now, $3 from, $4 until, $5 most on either side. Both sides walk the calendar's index from now
 * outwards, one row further than is shown, so that the reader knows whether there is more.
 */
const AROUND = `
  with near as materialized (
    (select id, true as ahead from target where workspace_id = $1 and scheduled_at >= $2 and scheduled_at < $4
      order by scheduled_at, id limit $5 + 1)
    union all
    (select id, false from target where workspace_id = $1 and scheduled_at < $2 and scheduled_at >= $3
      order by scheduled_at desc, id desc limit $5 + 1)
  )
  select t.id, t.platform, a.display_name as "accountName", t.status,
         coalesce(t.published_at, t.scheduled_at) as at, to_char(t.local_time, 'YYYY-MM-DD HH24:MI') as "localTime",
         t.zone, t.content ->> 'title' as title, coalesce(t.content ->> 'caption', '') as caption,
         coalesce((select array_agg(tag) from jsonb_array_elements_text(t.content -> 'tags') tag), '{}') as tags,
         t.permalink, t.version, t.updated_at as "updatedAt", n.ahead
    from near n
    join target t on t.id = n.id
    join account a on a.workspace_id = t.workspace_id and a.id = t.account_id
   order by t.scheduled_at, t.id`;

/** A read model: targets belong to publishing, accounts to accounts; nothing is written. */
@Injectable()
export class FeedEntriesRepository extends FeedEntries {
  constructor(private readonly database: Database) {
    super();
  }

  async around(
    workspaceId: WorkspaceId,
    { now, from, until, sideLimit }: FeedSpan,
  ): Promise<{ entries: FeedEntry[]; isWhole: boolean }> {
    const rows = await this.database.rows<FeedEntry & { ahead: boolean }>(AROUND, [
      workspaceId,
      now,
      from,
      until,
      sideLimit,
    ]);
    const before = rows.filter(({ ahead }) => !ahead);
    const after = rows.filter(({ ahead }) => ahead);
    const isWhole = before.length <= sideLimit && after.length <= sideLimit;
    // The ones that are too many are the farthest: the first of the past, the last of what comes.
    return { entries: [...before.slice(-sideLimit), ...after.slice(0, sideLimit)], isWhole };
  }
}
