import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { PostId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { type TagCount, type TagRename, Tags } from '../domain/tags.port.js';

/** Of a post `p`: something of it is planned and not going out yet. */
const WAITS = `exists (select 1 from target t where t.workspace_id = p.workspace_id and t.post_id = p.id
                        and t.status in ('draft', 'scheduled', 'held'))`;

/** Posts `p` of workspace $1 that carry tag $2. */
const CARRYING = `p.workspace_id = $1 and p.deleted_at is null
  and p.id in (select post_id from post_tag where workspace_id = $1 and tag = $2)`;

/** $3 in the place of $2; where both were, the earlier place counts. */
const RENAMED = `(select array_agg(r.tag order by r.place) from (
    select case when u.tag = $2 then $3 else u.tag end as tag, min(u.place) as place
      from unnest(p.tags) with ordinality u (tag, place) group by 1) r)`;

@Injectable()
export class TagsRepository extends Tags {
  constructor(private readonly database: Database) {
    super();
  }

  list(workspaceId: WorkspaceId, limit: number, after?: string): Promise<TagCount[]> {
    return this.database.rows(
      `select tag, count(*)::int as posts from post_tag
        where workspace_id = $1 ${after === undefined ? '' : 'and tag > $3'} group by tag order by tag limit $2`,
      [workspaceId, limit, ...(after === undefined ? [] : [after])],
    );
  }

  async renameOnIdle(workspaceId: WorkspaceId, { from, to }: TagRename, tx: Tx): Promise<number> {
    // A statement of its own: the next one sees what runs that were under way have planned.
    await this.database.rows(
      `select p.id from post p where ${CARRYING} order by p.id for no key update`,
      [workspaceId, from],
      tx,
    );
    return this.database.affected(
      `update post p set tags = ${RENAMED}, version = p.version + 1, updated_at = now()
        where ${CARRYING} and not ${WAITS}`,
      [workspaceId, from, to],
      tx,
    );
  }

  async waitingWith(workspaceId: WorkspaceId, tag: string, limit: number, tx: Tx) {
    const rows = await this.database.rows<{ id: PostId; tags: string[]; total: number }>(
      `select p.id, p.tags, (count(*) over ())::int as total from post p
        where ${CARRYING} and ${WAITS} order by p.id limit $3`,
      [workspaceId, tag, limit],
      tx,
    );
    return { posts: rows.map(({ id, tags }) => ({ id, tags })), total: rows[0]?.total ?? 0 };
  }
}
