import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { KEEP_CHECKED_MS, KEEP_ENDED_MS, type PostImport, type PostImportId } from '../../domain/bulk/post-import.js';
import { ImportWork, type RowOutcome, type WaitingRow } from '../../domain/bulk/post-imports.port.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import { IMPORT_COLUMNS, type PostImportDbRow, RECOUNT, toPostImport } from './post-import.rows.js';

const BEGIN = `
  update post_import i set state = 'running', started_at = coalesce(i.started_at, clock_timestamp()), ended_at = null,
         touched_at = clock_timestamp()
   where i.id = $1 and i.state in ('queued', 'running') returning ${IMPORT_COLUMNS}`;

const FINISH = `
  with moved as (
    update post_import_row r
       set state = case when n."postId" is null then 'failed' else 'done' end, post_id = n."postId",
           problems = r.problems || n.problems, request = null
      from jsonb_to_recordset($2::jsonb) as n (row int, "postId" uuid, problems jsonb)
     where r.import_id = $1 and r.row_no = n.row and r.state = 'ready'
    returning r.import_id, 'ready' as was, r.state
  ) ${RECOUNT}`;

/** A row whose video is here says so by its id; the address has done its work. */
const COLLECT = `
  with ended as (
    select m.id, m.state, m.media_id, m.problem from media_import m
     where m.ended_at is not null
       and m.id in (select r.media_import_id from post_import_row r where r.import_id = $1 and r.state = 'fetching')
  ), moved as (
    update post_import_row r
       set state = case when e.state = 'ready' then 'ready' else 'failed' end,
           request = case when e.state = 'ready'
                          then (r.request - 'mediaUrl') || jsonb_build_object('mediaId', e.media_id) end,
           problems = case when e.state = 'ready' then r.problems
                           else r.problems || jsonb_build_array(jsonb_build_object('code', e.problem ->> 'code',
                                'message', e.problem ->> 'detail')) end
      from ended e where r.import_id = $1 and r.media_import_id = e.id and r.state = 'fetching'
    returning r.import_id, 'fetching' as was, r.state
  ), counted as (${RECOUNT} returning i.id)
  select count(*)::int as count from moved`;

@Injectable()
export class ImportWorkRepository extends ImportWork {
  constructor(private readonly database: Database) {
    super();
  }

  async begin(id: PostImportId): Promise<PostImport | undefined> {
    const row = await this.database.row<PostImportDbRow>(BEGIN, [id]);
    return row && toPostImport(row);
  }

  async isRunning(id: PostImportId, tx: Tx): Promise<boolean> {
    // Locked as the counts will change it: a cancel waits for the batch, and the batch for a cancel.
    const sql = `select state from post_import where id = $1 for no key update`;
    return (await this.database.row<{ state: string }>(sql, [id], tx))?.state === 'running';
  }

  take(id: PostImportId, limit: number, tx: Tx): Promise<WaitingRow[]> {
    return this.database.rows<WaitingRow>(
      `select row_no as row, request from post_import_row
        where import_id = $1 and state = 'ready' and request ? 'mediaId' order by row_no limit $2 for update`,
      [id, limit],
      tx,
    );
  }

  async finish(id: PostImportId, outcomes: readonly RowOutcome[], tx: Tx): Promise<void> {
    await this.database.affected(FINISH, [id, JSON.stringify(outcomes)], tx);
  }

  async unfetched(id: PostImportId, limit: number): Promise<string[]> {
    const rows = await this.database.rows<{ url: string }>(
      `select request ->> 'mediaUrl' as url from post_import_row
        where import_id = $1 and state = 'ready' and not request ? 'mediaId'
        group by 1 order by min(row_no) limit $2`,
      [id, limit],
    );
    return rows.map(({ url }) => url);
  }

  markFetching(id: PostImportId, url: string, mediaImportId: string, tx: Tx): Promise<void> {
    return this.moveUrl(`state = 'fetching', media_import_id = $3::uuid`, [id, url, mediaImportId], tx);
  }

  refuseUrl(id: PostImportId, url: string, problem: RowProblem, tx: Tx): Promise<void> {
    const failed = `state = 'failed', problems = r.problems || $3::jsonb, request = null`;
    return this.moveUrl(failed, [id, url, JSON.stringify([problem])], tx);
  }

  private async moveUrl(change: string, values: readonly unknown[], tx: Tx): Promise<void> {
    await this.database.affected(
      `with moved as (
         update post_import_row r set ${change}
          where r.import_id = $1 and r.state = 'ready' and r.request ->> 'mediaUrl' = $2 and not r.request ? 'mediaId'
         returning r.import_id, 'ready' as was, r.state
       ) ${RECOUNT}`,
      values,
      tx,
    );
  }

  async collect(id: PostImportId): Promise<number> {
    return (await this.database.row<{ count: number }>(COLLECT, [id]))?.count ?? 0;
  }

  async end(id: PostImportId): Promise<boolean> {
    const ended = await this.database.affected(
      `update post_import set state = 'done', ended_at = clock_timestamp()
        where id = $1 and state = 'running' and ready = 0 and fetching = 0`,
      [id],
    );
    return ended > 0;
  }

  silent(forMs: number): Promise<Pick<PostImport, 'id' | 'workspaceId'>[]> {
    return this.database.rows(
      `update post_import set touched_at = clock_timestamp()
        where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 ms'
       returning id, workspace_id as "workspaceId"`,
      [forMs],
    );
  }

  async forget(): Promise<void> {
    await this.database.affected(
      `delete from post_import
        where (state = 'receiving' and touched_at < clock_timestamp() - $1 * interval '1 ms')
           or (state in ('checked', 'refused') and touched_at < clock_timestamp() - $2 * interval '1 ms')
           or (state in ('done', 'cancelled') and ended_at < clock_timestamp() - $3 * interval '1 ms')`,
      [HOUR_MS, KEEP_CHECKED_MS, KEEP_ENDED_MS],
    );
  }
}
