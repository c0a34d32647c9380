import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type ImportCounts,
  type ImportRow,
  KEEP_CHECKED_MS,
  KEEP_ENDED_MS,
  type SubscriberImport,
  type SubscriberImportId,
} from '../../domain/lists/subscriber-import.js';
import {
  type ImportChunk,
  type ImportName,
  type ReceivedFile,
  SubscriberImportWork,
} from '../../domain/lists/subscriber-imports.port.js';
import { IMPORT_COLUMNS, type SubscriberImportDbRow, toSubscriberImport } from './subscriber-import.rows.js';

/** An upload that stored no chunk for so long is over, whatever its row says. */
const UPLOAD_GONE_MS = 2 * MINUTE_MS;

const BEGIN_FILE = `
  update subscriber_import set state = 'receiving', counts = '{}', facts = null, touched_at = clock_timestamp()
   where workspace_id = $1 and id = $2
     and (state in ('waiting', 'checked')
          or (state = 'receiving' and touched_at < clock_timestamp() - $3 * interval '1 ms'))`;

const ADD_CHUNK = `
  with added as (
    insert into subscriber_import_chunk (import_id, first_row, last_row, workspace_id, rows, states)
    select $2, $3, $4, $1, $5, $6)
  update subscriber_import set touched_at = clock_timestamp() where workspace_id = $1 and id = $2`;

/** Counts move by what the chunk was and what it is. */
const SETTLE = `
  with was as (
    select r.value ->> 'verdict' as verdict, count(*) as n
      from subscriber_import_chunk c cross join lateral jsonb_array_elements(c.rows) r
     where c.import_id = $1 and c.first_row = $2 group by 1
  ), became as (
    select r.value ->> 'verdict' as verdict, count(*) as n from jsonb_array_elements($3::jsonb) r group by 1
  ), counts as (
    select jsonb_object_agg(verdict, n) as counts
      from (select verdict, sum(n) as n
              from (select key as verdict, value::text::bigint as n from subscriber_import i, jsonb_each(i.counts)
                     where i.id = $1
                    union all select verdict, -n from was
                    union all select verdict, n from became) every
             group by verdict) total
  ), chunk as (
    update subscriber_import_chunk set rows = $3, states = $4, is_settled = true where import_id = $1 and first_row = $2
  )
  update subscriber_import i set counts = c.counts, settled_row = $5, touched_at = clock_timestamp()
    from counts c where i.id = $1`;

@Injectable()
export class SubscriberImportWorkRepository extends SubscriberImportWork {
  constructor(private readonly database: Database) {
    super();
  }

  beginFile({ workspaceId, id }: ImportName): Promise<boolean> {
    return this.database.run(async (tx) => {
      if ((await this.database.affected(BEGIN_FILE, [workspaceId, id, UPLOAD_GONE_MS], tx)) === 0) return false;
      await this.dropChunks({ workspaceId, id }, tx);
      return true;
    });
  }

  async addChunk({ workspaceId, id }: ImportName, rows: readonly ImportRow[]): Promise<void> {
    const [first, last] = [rows[0]?.row, rows.at(-1)?.row];
    await this.database.affected(ADD_CHUNK, [workspaceId, id, first, last, JSON.stringify(rows), statesOf(rows)]);
  }

  async endFile({ workspaceId, id }: ImportName, file: ReceivedFile, counts: ImportCounts): Promise<void> {
    const { fileName, fileHash, bytes, facts } = file;
    await this.database.affected(
      `update subscriber_import
          set state = 'checked', file_name = $3, file_hash = $4, bytes = $5, facts = $6, counts = $7,
              touched_at = clock_timestamp()
        where workspace_id = $1 and id = $2 and state = 'receiving'`,
      [workspaceId, id, fileName ?? null, fileHash, bytes, JSON.stringify(facts), JSON.stringify(counts)],
    );
  }

  dropFile(name: ImportName): Promise<void> {
    return this.database.run(async (tx) => {
      const dropped = await this.database.affected(
        `update subscriber_import set state = 'waiting', touched_at = clock_timestamp()
          where workspace_id = $1 and id = $2 and state = 'receiving'`,
        [name.workspaceId, name.id],
        tx,
      );
      if (dropped > 0) await this.dropChunks(name, tx);
    });
  }

  async begin(id: SubscriberImportId): Promise<SubscriberImport | undefined> {
    const row = await this.database.row<SubscriberImportDbRow>(
      `update subscriber_import i
          set state = 'running', started_at = coalesce(i.started_at, clock_timestamp()), ended_at = null,
              touched_at = clock_timestamp()
        where i.id = $1 and i.state in ('queued', 'running') returning ${IMPORT_COLUMNS}`,
      [id],
    );
    return row && toSubscriberImport(row);
  }

  async nextChunk(id: SubscriberImportId, tx: Tx): Promise<ImportChunk | undefined> {
    const locked = `select settled_row as "settledRow" from subscriber_import
                     where id = $1 and state = 'running' for no key update`;
    const item = await this.database.row<{ settledRow: number }>(locked, [id], tx);
    if (!item) return undefined;
    return this.database.row<ImportChunk>(
      `select first_row as "firstRow", last_row as "lastRow", rows from subscriber_import_chunk
        where import_id = $1 and first_row > $2 order by first_row limit 1`,
      [id, item.settledRow],
      tx,
    );
  }

  async settle(id: SubscriberImportId, { firstRow, lastRow, rows }: ImportChunk, tx: Tx): Promise<void> {
    await this.database.affected(SETTLE, [id, firstRow, JSON.stringify(rows), statesOf(rows), lastRow], tx);
  }

  async end(id: SubscriberImportId): Promise<boolean> {
    const ended = await this.database.affected(
      `update subscriber_import set state = 'done', ended_at = clock_timestamp() where id = $1 and state = 'running'`,
      [id],
    );
    return ended > 0;
  }

  silent(forMs: number): Promise<ImportName[]> {
    return this.database.rows<ImportName>(
      `update subscriber_import set touched_at = clock_timestamp()
        where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 ms'
       returning id, workspace_id as "workspaceId"`,
      [forMs],
    );
  }

  async forget(): Promise<void> {
    await this.database.affected(
      `delete from subscriber_import
        where (state = 'receiving' and touched_at < clock_timestamp() - $1 * interval '1 ms')
           or (state in ('waiting', 'checked') and touched_at < clock_timestamp() - $2 * interval '1 ms')
           or (state in ('done', 'cancelled') and ended_at < clock_timestamp() - $3 * interval '1 ms')`,
      [HOUR_MS, KEEP_CHECKED_MS, KEEP_ENDED_MS],
    );
  }

  private async dropChunks({ workspaceId, id }: ImportName, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from subscriber_import_chunk where workspace_id = $1 and import_id = $2`,
      [workspaceId, id],
      tx,
    );
  }
}

const statesOf = (rows: readonly ImportRow[]): string[] => [...new Set(rows.map(({ verdict }) => verdict))];
