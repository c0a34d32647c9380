import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { type HashtagSet, setNameTaken } from '../domain/hashtag-set.js';
import { HashtagSets, type HashtagSetWords } from '../domain/hashtag-sets.port.js';
import type { Listed, ListPlace } from '../domain/media-records.port.js';

const SHOWN = `id, workspace_id as "workspaceId", name, hashtags, version, created_at as "createdAt",
  updated_at as "updatedAt"`;

@Injectable()
export class HashtagSetsRepository extends HashtagSets {
  constructor(private readonly database: Database) {
    super();
  }

  async countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const key = `hashtag-sets|${workspaceId}`;
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [key], tx);
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from hashtag_set where workspace_id = $1`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  async insert(workspaceId: WorkspaceId, { name, hashtags }: HashtagSetWords, tx: Tx): Promise<HashtagSet> {
    const sql = `insert into hashtag_set (id, workspace_id, name, hashtags) values ($1, $2, $3, $4) returning ${SHOWN}`;
    const row = await this.named(name, () =>
      this.database.row<HashtagSet>(sql, [newId(), workspaceId, name, hashtags], tx),
    );
    if (!row) throw new Error('An insert answered no row.');
    return row;
  }

  find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<HashtagSet | undefined> {
    const sql = `select ${SHOWN} from hashtag_set where workspace_id = $1 and id = $2`;
    return this.database.row(sql, [workspaceId, id], tx);
  }

  findMany(workspaceId: WorkspaceId, ids: readonly string[], tx?: Tx): Promise<HashtagSet[]> {
    const sql = `select ${SHOWN} from hashtag_set where workspace_id = $1 and id = any($2::uuid[])`;
    return this.database.rows(sql, [workspaceId, ids], tx);
  }

  list(workspaceId: WorkspaceId, { limit, after }: ListPlace): Promise<Listed<HashtagSet>[]> {
    return this.database.rows(
      `select ${SHOWN}, created_at::text as at from hashtag_set
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  update(
    workspaceId: WorkspaceId,
    id: string,
    { name, hashtags }: Partial<HashtagSetWords>,
    tx: Tx,
  ): Promise<HashtagSet | undefined> {
    const sql = `
      update hashtag_set set name = coalesce($3, name), hashtags = coalesce($4::text[], hashtags),
             version = version + 1, updated_at = now()
       where workspace_id = $1 and id = $2 returning ${SHOWN}`;
    return this.named(name ?? '', () =>
      this.database.row<HashtagSet>(sql, [workspaceId, id, name ?? null, hashtags ?? null], tx),
    );
  }

  async delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean> {
    const sql = `delete from hashtag_set where workspace_id = $1 and id = $2`;
    return (await this.database.affected(sql, [workspaceId, id], tx)) > 0;
  }

  private named<T>(name: string, work: () => Promise<T>): Promise<T> {
    return work().catch((error: unknown) => {
      throw isUniqueViolation(error, 'hashtag_set_name') ? setNameTaken(name) : error;
    });
  }
}
