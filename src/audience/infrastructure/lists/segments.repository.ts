import { Injectable } from '@nestjs/common';
import { Database, isForeignKeyViolation, isUniqueViolation } from '../../../infra/database/database.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { segmentInUse, segmentNameTaken, tooManySegments } from '../../domain/lists/list.errors.js';
import type { SegmentFilter } from '../../domain/lists/segment.js';
import { type Segment, type SegmentCount, Segments } from '../../domain/lists/segments.port.js';
import { reachable } from './reach.sql.js';
import { segmentWhere } from './segment.sql.js';

const MAX_SEGMENTS = 500;

const COLUMNS = `id, workspace_id as "workspaceId", name, filter, version, created_at as "createdAt",
  updated_at as "updatedAt"`;

const ANY_TOPIC = 'null::text';

@Injectable()
export class SegmentsRepository extends Segments {
  constructor(private readonly database: Database) {
    super();
  }

  async create(segment: Pick<Segment, 'id' | 'workspaceId' | 'name' | 'filter'>, tx: Tx): Promise<Segment> {
    const { id, workspaceId, name, filter } = segment;
    const row = await this.named(name, () =>
      this.database.row<Segment>(
        `insert into segment (id, workspace_id, name, filter)
         select $1, $2, $3, $4 where (select count(*) from segment where workspace_id = $2) < $5 returning ${COLUMNS}`,
        [id, workspaceId, name, JSON.stringify(filter), MAX_SEGMENTS],
        tx,
      ),
    );
    if (!row) throw tooManySegments(MAX_SEGMENTS);
    return row;
  }

  get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Segment> {
    return this.one({ workspaceId, id }, '', tx);
  }

  lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Segment> {
    return this.one({ workspaceId, id }, 'for update', tx);
  }

  async save({ workspaceId, id, name, filter }: Segment, tx: Tx): Promise<Segment> {
    const row = await this.named(name, () =>
      this.database.row<Segment>(
        `update segment set name = $3, filter = $4, version = version + 1, updated_at = clock_timestamp()
          where workspace_id = $1 and id = $2 returning ${COLUMNS}`,
        [workspaceId, id, name, JSON.stringify(filter)],
        tx,
      ),
    );
    if (!row) throw notFound('segment', id);
    return row;
  }

  async delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    try {
      await this.database.affected('delete from segment where workspace_id = $1 and id = $2', [workspaceId, id], tx);
    } catch (error) {
      throw isForeignKeyViolation(error) ? segmentInUse(id) : error;
    }
  }

  list(
    workspaceId: WorkspaceId,
    {
      limit,
      after,
    }: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<(Segment & { at: string })[]> {
    return this.database.rows(
      `select ${COLUMNS}, created_at::text as at from segment
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async count(workspaceId: WorkspaceId, filter: SegmentFilter): Promise<SegmentCount> {
    const { sql, params } = segmentWhere(filter, 2);
    const row = await this.database.row<SegmentCount>(
      `select count(*)::int as total,
              (count(*) filter (where ${reachable('email', ANY_TOPIC)}))::int as email,
              (count(*) filter (where ${reachable('sms', ANY_TOPIC)}))::int as sms
         from subscriber s where s.workspace_id = $1 and s.status <> 'erased' and ${sql}`,
      [workspaceId, ...params],
    );
    return row ?? { total: 0, email: 0, sms: 0 };
  }

  private async named<T>(name: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw isUniqueViolation(error, 'segment_name') ? segmentNameTaken(name) : error;
    }
  }

  private async one(
    { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
    lock: string,
    tx?: Tx,
  ): Promise<Segment> {
    const row = await this.database.row<Segment>(
      `select ${COLUMNS} from segment where workspace_id = $1 and id = $2 ${lock}`,
      [workspaceId, id],
      tx,
    );
    if (!row) throw notFound('segment', id);
    return row;
  }
}
