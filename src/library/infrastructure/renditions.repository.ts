import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Rendition, RenditionProblem } from '../domain/rendition.js';
import { Renditions } from '../domain/renditions.port.js';

interface Row extends Omit<Rendition, 'resultId' | 'problem'> {
  readonly resultId: string | null;
  readonly problemCode: string | null;
  readonly problemDetail: string | null;
}

const COLUMNS = `id, workspace_id as "workspaceId", media_id as "mediaId", state, progress, result_id as "resultId",
  problem_code as "problemCode", problem as "problemDetail", created_at as "createdAt", updated_at as "updatedAt"`;

const MAX_LISTED = 50;

const toRendition = ({ resultId, problemCode, problemDetail, ...rest }: Row): Rendition => ({
  ...rest,
  ...(resultId === null ? {} : { resultId }),
  ...(problemCode === null || problemDetail === null ? {} : { problem: { code: problemCode, detail: problemDetail } }),
});

@Injectable()
export class RenditionsRepository extends Renditions {
  constructor(private readonly database: Database) {
    super();
  }

  async insert({ id, workspaceId, mediaId }: Pick<Rendition, 'id' | 'workspaceId' | 'mediaId'>, tx: Tx) {
    const row = await this.database.row<Row>(
      `insert into rendition (id, workspace_id, media_id) values ($1, $2, $3) returning ${COLUMNS}`,
      [id, workspaceId, mediaId],
      tx,
    );
    return toRendition(row as Row);
  }

  async list(workspaceId: WorkspaceId, mediaId: MediaId, tx?: Tx): Promise<Rendition[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from rendition where workspace_id = $1 and media_id = $2
        order by created_at desc, id desc limit ${MAX_LISTED}`,
      [workspaceId, mediaId],
      tx,
    );
    return rows.map(toRendition);
  }

  async isResult(mediaId: MediaId, tx: Tx): Promise<boolean> {
    const row = await this.database.row(`select 1 from rendition where result_id = $1 limit 1`, [mediaId], tx);
    return row !== undefined;
  }

  async begin(id: string): Promise<Rendition | undefined> {
    const row = await this.database.row<Row>(
      `update rendition set state = 'running', progress = 0, updated_at = clock_timestamp()
        where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
      [id],
    );
    return row && toRendition(row);
  }

  async progressed(id: string, progress: number): Promise<void> {
    await this.database.affected(
      `update rendition set progress = greatest(progress, $2), updated_at = clock_timestamp()
        where id = $1 and state = 'running'`,
      [id, progress],
    );
  }

  async requeue(id: string): Promise<void> {
    await this.database.affected(
      `update rendition set state = 'queued', progress = 0, updated_at = clock_timestamp()
        where id = $1 and state = 'running'`,
      [id],
    );
  }

  async finish(id: string, resultId: MediaId, tx: Tx): Promise<void> {
    await this.database.affected(
      `update rendition set state = 'done', progress = 1, result_id = $2, updated_at = clock_timestamp()
        where id = $1 and state in ('queued', 'running')`,
      [id, resultId],
      tx,
    );
  }

  async fail(id: string, { code, detail }: RenditionProblem, tx?: Tx): Promise<void> {
    await this.database.affected(
      `update rendition set state = 'failed', problem_code = $2, problem = $3, updated_at = clock_timestamp()
        where id = $1 and state in ('queued', 'running')`,
      [id, code, detail],
      tx,
    );
  }
}
