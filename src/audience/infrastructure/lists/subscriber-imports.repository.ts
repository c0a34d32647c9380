import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type {
  ImportRow,
  ImportVerdict,
  SubscriberImport,
  SubscriberImportId,
  SubscriberImportState,
} from '../../domain/lists/subscriber-import.js';
import { type ImportName, SubscriberImports } from '../../domain/lists/subscriber-imports.port.js';
import { IMPORT_COLUMNS, type SubscriberImportDbRow, toSubscriberImport } from './subscriber-import.rows.js';

/** Chunks are narrowed by what occurs in them before they are opened. */
const ROWS = `
  select (r.value ->> 'row')::int as row, r.value ->> 'verdict' as verdict, r.value -> 'problems' as problems,
         r.value -> 'cells' as cells
    from subscriber_import_chunk c cross join lateral jsonb_array_elements(c.rows) r
   where c.workspace_id = $1 and c.import_id = $2 and c.states && $3::text[] and c.last_row > $4
     and r.value ->> 'verdict' = any ($3::text[]) and (r.value ->> 'row')::int > $4
   order by c.first_row, 1 limit $5`;

@Injectable()
export class SubscriberImportsRepository extends SubscriberImports {
  constructor(private readonly database: Database) {
    super();
  }

  async create(
    item: Pick<SubscriberImport, 'id' | 'workspaceId' | 'actor' | 'settings'> & { readonly settingsHash: Buffer },
    tx: Tx,
  ): Promise<SubscriberImport> {
    const { id, workspaceId, actor, settings, settingsHash } = item;
    await this.database.affected(
      `insert into subscriber_import (id, workspace_id, actor, settings, settings_hash) values ($1, $2, $3, $4, $5)`,
      [id, workspaceId, actor, JSON.stringify(settings), settingsHash],
      tx,
    );
    return this.get({ id, workspaceId }, tx);
  }

  get(name: ImportName, tx?: Tx): Promise<SubscriberImport> {
    return this.one(name, '', tx);
  }

  lock(name: ImportName, tx: Tx): Promise<SubscriberImport> {
    return this.one(name, 'for update', tx);
  }

  async list(
    workspaceId: WorkspaceId,
    {
      limit,
      after,
    }: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<(SubscriberImport & { at: string })[]> {
    const rows = await this.database.rows<SubscriberImportDbRow & { at: string }>(
      `select ${IMPORT_COLUMNS}, i.created_at::text as at from subscriber_import i
        where i.workspace_id = $1 and ($2::timestamptz is null or (i.created_at, i.id) < ($2, $3::uuid))
        order by i.created_at desc, i.id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toSubscriberImport(row), at: row.at }));
  }

  async rows(
    { workspaceId, id }: ImportName,
    page: { readonly verdicts: readonly ImportVerdict[]; readonly after: number; readonly limit: number },
  ): Promise<Pick<ImportRow, 'row' | 'verdict' | 'problems' | 'cells'>[]> {
    const rows = await this.database.rows<{
      readonly row: number;
      readonly verdict: ImportVerdict;
      readonly problems: ImportRow['problems'] | null;
      readonly cells: ImportRow['cells'] | null;
    }>(ROWS, [workspaceId, id, page.verdicts, page.after, page.limit]);
    return rows.map(({ row, verdict, problems, cells }) => ({
      ...{ row, verdict },
      ...(problems ? { problems } : {}),
      ...(cells ? { cells } : {}),
    }));
  }

  async setState({ workspaceId, id }: ImportName, state: SubscriberImportState, tx: Tx): Promise<void> {
    await this.database.affected(
      `update subscriber_import
          set state = $3, touched_at = clock_timestamp(),
              ended_at = case when $3 = 'cancelled' then clock_timestamp() end
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, state],
      tx,
    );
  }

  async startedWith({ workspaceId, id }: SubscriberImport, tx: Tx): Promise<SubscriberImportId | undefined> {
    await this.database.rows(
      `select pg_advisory_xact_lock(hashtextextended(workspace_id || encode(file_hash, 'hex') ||
              encode(settings_hash, 'hex'), 56)) from subscriber_import where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
    const row = await this.database.row<{ id: SubscriberImportId }>(
      `select other.id from subscriber_import own
         join subscriber_import other on other.workspace_id = own.workspace_id and other.file_hash = own.file_hash
          and other.settings_hash = own.settings_hash and other.state in ('queued', 'running', 'done', 'cancelled')
        where own.workspace_id = $1 and own.id = $2`,
      [workspaceId, id],
      tx,
    );
    return row?.id;
  }

  async countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from subscriber_import where workspace_id = $1 and state in ('queued', 'running')`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  private async one({ workspaceId, id }: ImportName, lock: string, tx?: Tx): Promise<SubscriberImport> {
    const row = await this.database.row<SubscriberImportDbRow>(
      `select ${IMPORT_COLUMNS} from subscriber_import i where i.workspace_id = $1 and i.id = $2 ${lock}`,
      [workspaceId, id],
      tx,
    );
    if (!row) throw notFound('subscriber_import', id);
    return toSubscriberImport(row);
  }
}
