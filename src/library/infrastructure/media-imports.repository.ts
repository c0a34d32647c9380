import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { ImportId, MediaImport } from '../domain/media-import.js';
import { MediaImports, type NewImport } from '../domain/media-imports.port.js';
import type { KeptProblem } from '../domain/resumable-upload.js';

const COLUMNS = `id, workspace_id as "workspaceId", state, url, file_name as "fileName",
  received_bytes::float8 as "receivedBytes", total_bytes::float8 as "totalBytes", attempts, media_id as "mediaId",
  problem, created_at as "createdAt", ended_at as "endedAt"`;

/** Signatures are in the query: gone with the end. */
const ENDED = `ended_at = now(), url = split_part(split_part(url, '#', 1), '?', 1)`;

/** Absent instead of null. */
const toImport = (row: object): MediaImport =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as MediaImport;

@Injectable()
export class MediaImportsRepository extends MediaImports {
  constructor(private readonly database: Database) {
    super();
  }

  insert({ id, workspaceId, url, fileName }: NewImport, maxOpen: number, tx: Tx): Promise<MediaImport | undefined> {
    return this.one(
      `insert into media_import (id, workspace_id, url, file_name)
       select $1, $2, $3, $4
        where (select count(*) from media_import where workspace_id = $2 and ended_at is null) < $5
       returning ${COLUMNS}`,
      [id, workspaceId, url, fileName ?? null, maxOpen],
      tx,
    );
  }

  find(workspaceId: WorkspaceId, id: ImportId): Promise<MediaImport | undefined> {
    return this.one(`select ${COLUMNS} from media_import where workspace_id = $1 and id = $2`, [workspaceId, id]);
  }

  begin(id: ImportId): Promise<MediaImport | undefined> {
    return this.one(
      `update media_import set state = 'fetching', attempts = attempts + 1, received_bytes = 0
        where id = $1 and ended_at is null returning ${COLUMNS}`,
      [id],
    );
  }

  async progress(id: ImportId, { received, total }: { received: number; total?: number }): Promise<void> {
    await this.database.affected(
      `update media_import set received_bytes = $2, total_bytes = $3 where id = $1 and state = 'fetching'`,
      [id, received, total ?? null],
    );
  }

  lock(id: ImportId, tx: Tx): Promise<MediaImport | undefined> {
    return this.one(`select ${COLUMNS} from media_import where id = $1 for update`, [id], tx);
  }

  async markReady(id: ImportId, mediaId: MediaId, tx: Tx): Promise<void> {
    await this.database.affected(
      `update media_import set state = 'ready', media_id = $2, problem = null, ${ENDED} where id = $1`,
      [id, mediaId],
      tx,
    );
  }

  async markEnded(id: ImportId, state: 'refused' | 'failed', problem: KeptProblem): Promise<void> {
    await this.database.affected(
      `update media_import set state = $2, problem = $3, ${ENDED} where id = $1 and ended_at is null`,
      [id, state, JSON.stringify(problem)],
    );
  }

  async forgetEnded(olderThanMs: number): Promise<void> {
    await this.database.affected(
      `delete from media_import where ended_at < statement_timestamp() - $1 * interval '1 ms'`,
      [olderThanMs],
    );
  }

  async requeue(id: ImportId): Promise<void> {
    await this.database.affected(`update media_import set state = 'queued' where id = $1 and state = 'fetching'`, [id]);
  }

  private async one(sql: string, parameters: readonly unknown[], tx?: Tx): Promise<MediaImport | undefined> {
    const row = await this.database.row<object>(sql, parameters, tx);
    return row && toImport(row);
  }
}
