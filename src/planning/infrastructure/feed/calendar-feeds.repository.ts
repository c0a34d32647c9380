import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { CalendarFeed } from '../../domain/feed/calendar-feed.js';
import { CalendarFeeds, type FeedPlace } from '../../domain/feed/calendar-feeds.port.js';

const SHOWN = `id, workspace_id as "workspaceId", name, created_at as "createdAt", last_read_at as "lastReadAt"`;

/** $1 workspace, $2 feed, $3 hash. Writes only what is new, and that it was read once an hour. */
const NOTE = `
  with noted as (
    update calendar_feed
       set changed_at = case when content_hash is distinct from $3
                             then greatest(date_trunc('second', clock_timestamp()), changed_at + interval '1 second')
                             else changed_at end,
           content_hash = $3, last_read_at = clock_timestamp()
     where workspace_id = $1 and id = $2
       and (content_hash is distinct from $3 or last_read_at is null or last_read_at < now() - interval '1 hour')
    returning changed_at
  )
  select coalesce((select changed_at from noted),
                  (select changed_at from calendar_feed where workspace_id = $1 and id = $2),
                  date_trunc('second', clock_timestamp())) as "changedAt"`;

@Injectable()
export class CalendarFeedsRepository extends CalendarFeeds {
  constructor(private readonly database: Database) {
    super();
  }

  async countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const key = `calendar-feeds|${workspaceId}`;
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [key], tx);
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from calendar_feed where workspace_id = $1`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  async insert(feed: Parameters<CalendarFeeds['insert']>[0], tx: Tx): Promise<CalendarFeed> {
    const row = await this.database.row<CalendarFeed>(
      `insert into calendar_feed (id, workspace_id, name, token_hash) values ($1, $2, $3, $4) returning ${SHOWN}`,
      [newId(), feed.workspaceId, feed.name, feed.tokenHash],
      tx,
    );
    if (!row) throw new Error('An insert answered no row.');
    return row;
  }

  list(workspaceId: WorkspaceId, { limit, after }: FeedPlace): Promise<(CalendarFeed & { at: string })[]> {
    return this.database.rows(
      `select ${SHOWN}, created_at::text as at from calendar_feed
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  rotate(workspaceId: WorkspaceId, id: string, tokenHash: Buffer, tx: Tx): Promise<CalendarFeed | undefined> {
    return this.database.row(
      `update calendar_feed set token_hash = $3 where workspace_id = $1 and id = $2 returning ${SHOWN}`,
      [workspaceId, id, tokenHash],
      tx,
    );
  }

  async delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean> {
    const sql = `delete from calendar_feed where workspace_id = $1 and id = $2`;
    return (await this.database.affected(sql, [workspaceId, id], tx)) > 0;
  }

  byToken(tokenHash: Buffer): Promise<CalendarFeed | undefined> {
    return this.database.row(`select ${SHOWN} from calendar_feed where token_hash = $1`, [tokenHash]);
  }

  async noteContent({ workspaceId, id }: CalendarFeed, contentHash: Buffer): Promise<Date> {
    const row = await this.database.row<{ changedAt: Date }>(NOTE, [workspaceId, id, contentHash]);
    if (!row) throw new Error('A select without a table answered no row.');
    return row.changedAt;
  }
}
