import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Listed, ListPlace } from '../../../library/domain/media-records.port.js';
import type { ImportRow, ImportState, PostImport, PostImportId } from '../../domain/bulk/post-import.js';
import {
  type ImportKey,
  type KnownThings,
  PostImports,
  type ReceivedImport,
  type TroubledRow,
} from '../../domain/bulk/post-imports.port.js';
import type { RowState, RowVerdict } from '../../domain/bulk/row-verdict.js';
import { IMPORT_COLUMNS, type PostImportDbRow, RECOUNT, toPostImport } from './post-import.rows.js';

/**
 * Nobody sees these rows before their import is settled, and that commit takes them along to the disk: none need wait for
 * it alone (\`synchronous_commit\` for this statement's transaction).
 */
const ADD = `
  with moved as (
    insert into post_import_row (import_id, row_no, workspace_id, state, request, digest, problems, cells)
    select $1, n.row, $2, n.state, n.request, decode(n.digest, 'hex'), n.problems, n.cells
      from (select set_config('synchronous_commit', 'off', true)) as quickly,
           jsonb_to_recordset($3::jsonb)
             as n (row int, state text, request jsonb, digest text, problems jsonb, cells text[])
    returning import_id, null::text as was, state
  ) ${RECOUNT}`;

const STARTED = `('queued', 'running', 'done', 'cancelled')`;

@Injectable()
export class PostImportsRepository extends PostImports {
  constructor(private readonly database: Database) {
    super();
  }

  async begin({ id, workspaceId, actor }: Pick<PostImport, 'id' | 'workspaceId' | 'actor'>): Promise<void> {
    await this.database.affected(`insert into post_import (id, workspace_id, actor) values ($1, $2, $3)`, [
      ...[id, workspaceId, actor],
    ]);
  }

  async add(importId: PostImportId, workspaceId: WorkspaceId, verdicts: readonly RowVerdict[]): Promise<void> {
    await this.database.affected(ADD, [importId, workspaceId, JSON.stringify(verdicts)]);
  }

  async known(workspaceId: WorkspaceId, digests: readonly string[], postIds: readonly PostId[]): Promise<KnownThings> {
    const rows = await this.database.rows<{ digest: string | null; postId: string }>(
      `select encode(r.digest, 'hex') as digest, r.post_id as "postId"
         from post_import_row r join post p on p.workspace_id = r.workspace_id and p.id = r.post_id
        where r.workspace_id = $1 and r.state = 'done' and p.deleted_at is null
          and r.digest = any(select decode(d, 'hex') from unnest($2::text[]) d)
       union all
       select null, p.id from post p where p.workspace_id = $1 and p.id = any($3::uuid[]) and p.deleted_at is null`,
      [workspaceId, digests, postIds],
    );
    return {
      byDigest: new Map(rows.flatMap(({ digest, postId }) => (digest === null ? [] : [[digest, postId] as const]))),
      postIds: new Set(rows.flatMap(({ digest, postId }) => (digest === null ? [postId] : []))),
    };
  }

  async settle(item: ReceivedImport, state: 'checked' | 'refused' | 'queued', tx: Tx): Promise<PostImport> {
    const row = await this.database.row<PostImportDbRow>(
      `update post_import i
          set state = $2, file_name = $3, file_hash = $4, settings_hash = $5, bytes = $6, facts = $7, settings = $8,
              bad_rows = $9, touched_at = clock_timestamp()
        where id = $1 returning ${IMPORT_COLUMNS}`,
      [
        ...[item.id, state, item.fileName ?? null, item.fileHash, item.settingsHash, item.bytes],
        ...[JSON.stringify(item.facts), JSON.stringify(item.settings), item.badRows],
      ],
      tx,
    );
    return toPostImport(row as PostImportDbRow);
  }

  async drop(importId: PostImportId, tx?: Tx): Promise<void> {
    await this.database.affected(`delete from post_import where id = $1`, [importId], tx);
  }

  async startedUnder(key: ImportKey, tx: Tx): Promise<PostImport | undefined> {
    const name = [key.workspaceId, key.fileHash.toString('hex'), key.settingsHash.toString('hex')].join('|');
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended($1, 47))`, [name], tx);
    return this.one(
      `where i.workspace_id = $1 and i.file_hash = $2 and i.settings_hash = $3 and i.state in ${STARTED}`,
      valuesOf(key),
      tx,
    );
  }

  async dropChecked(key: ImportKey, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from post_import where workspace_id = $1 and file_hash = $2 and settings_hash = $3
          and state in ('checked', 'refused')`,
      valuesOf(key),
      tx,
    );
  }

  countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    return this.count(
      `select count(*)::int as count from post_import where workspace_id = $1 and state in ('queued', 'running')`,
      workspaceId,
      tx,
    );
  }

  countBad(importId: PostImportId, tx: Tx): Promise<number> {
    return this.count(`select bad as count from post_import where id = $1`, importId, tx);
  }

  find(workspaceId: WorkspaceId, id: PostImportId, tx?: Tx): Promise<PostImport | undefined> {
    return this.one(`where i.workspace_id = $1 and i.id = $2 and i.state <> 'receiving'`, [workspaceId, id], tx);
  }

  lock(workspaceId: WorkspaceId, id: PostImportId, tx: Tx): Promise<PostImport | undefined> {
    const which = `where i.workspace_id = $1 and i.id = $2 and i.state <> 'receiving' for update`;
    return this.one(which, [workspaceId, id], tx);
  }

  async list(workspaceId: WorkspaceId, { limit, after }: ListPlace): Promise<Listed<PostImport>[]> {
    const rows = await this.database.rows<Listed<PostImportDbRow>>(
      `select ${IMPORT_COLUMNS}, i.created_at::text as at from post_import i
        where i.workspace_id = $1 and i.state <> 'receiving'
          and ($2::timestamptz is null or (i.created_at, i.id) < ($2, $3::uuid))
        order by i.created_at desc, i.id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toPostImport(row), at: row.at }));
  }

  rows(
    workspaceId: WorkspaceId,
    id: PostImportId,
    page: { readonly states: readonly RowState[]; readonly after: number; readonly limit: number },
  ): Promise<ImportRow[]> {
    return this.database.rows<ImportRow>(
      `select row_no as row, state, problems, post_id as "postId" from post_import_row
        where workspace_id = $1 and import_id = $2 and state = any($3) and row_no > $4 order by row_no limit $5`,
      [workspaceId, id, page.states, page.after, page.limit],
    );
  }

  troubled(id: PostImportId, after: number, limit: number): Promise<TroubledRow[]> {
    return this.database.rows<TroubledRow>(
      `select row_no as row, problems, coalesce(cells, '{}') as cells from post_import_row
        where import_id = $1 and state in ('bad', 'duplicate', 'failed') and row_no > $2 order by row_no limit $3`,
      [id, after, limit],
    );
  }

  async setState(id: PostImportId, state: Exclude<ImportState, 'receiving'>, tx: Tx): Promise<void> {
    await this.database.affected(
      `update post_import set state = $2, touched_at = clock_timestamp(),
              ended_at = case when $2 = 'cancelled' then clock_timestamp() end
        where id = $1`,
      [id, state],
      tx,
    );
  }

  private async count(sql: string, value: string, tx: Tx): Promise<number> {
    return (await this.database.row<{ count: number }>(sql, [value], tx))?.count ?? 0;
  }

  private async one(which: string, parameters: readonly unknown[], tx?: Tx): Promise<PostImport | undefined> {
    const sql = `select ${IMPORT_COLUMNS} from post_import i ${which}`;
    const row = await this.database.row<PostImportDbRow>(sql, parameters, tx);
    return row && toPostImport(row);
  }
}

const valuesOf = ({ workspaceId, fileHash, settingsHash }: ImportKey): readonly unknown[] => [
  ...[workspaceId, fileHash, settingsHash],
];
