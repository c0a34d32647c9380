import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { sameWords, type Variation, type VariationWish } from '../../domain/queues/variation.js';
import { Variations } from '../../domain/queues/variations.port.js';

interface VariationRow {
  readonly number: number;
  readonly caption: string | null;
  readonly title: string | null;
  readonly hashtags: readonly string[];
  readonly coverMs: number | null;
}

const COLUMNS = `v.number, v.caption, v.title, v.hashtags, v.cover_ms as "coverMs"`;

const INSERT = `
insert into content_variation (workspace_id, post_id, number, caption, title, hashtags, cover_ms)
select $1, $2, (select coalesce(max(number), 0) from content_variation where post_id = $2) + n.position, n.caption,
       n.title, coalesce(n.hashtags, '{}'), n.cover_ms
  from jsonb_to_recordset($3::jsonb) as n (position int, caption text, title text, hashtags text[], cover_ms int)`;

@Injectable()
export class VariationsRepository extends Variations {
  constructor(private readonly database: Database) {
    super();
  }

  async forPosts(
    workspaceId: WorkspaceId,
    postIds: readonly PostId[],
    tx?: Tx,
  ): Promise<ReadonlyMap<PostId, readonly Variation[]>> {
    const rows = await this.database.rows<VariationRow & { postId: string }>(
      `select v.post_id as "postId", ${COLUMNS} from content_variation v
        where v.workspace_id = $1 and v.post_id = any ($2::uuid[]) and v.removed_at is null
        order by v.post_id, v.number`,
      [workspaceId, postIds],
      tx,
    );
    const byPost = Map.groupBy(rows, ({ postId }) => postId);
    return new Map([...byPost].map(([postId, own]) => [postId, own.map(toVariation)]));
  }

  async replace(
    workspaceId: WorkspaceId,
    postId: PostId,
    wishes: readonly VariationWish[],
    tx: Tx,
  ): Promise<readonly Variation[]> {
    const had = (await this.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
    const kept = had.filter((one) => wishes.some((wish) => sameWords(wish, one)));
    const added = wishes.filter((wish) => !kept.some((one) => sameWords(wish, one)));
    await this.database.affected(
      `update content_variation set removed_at = clock_timestamp()
        where workspace_id = $1 and post_id = $2 and removed_at is null and number <> all ($3::int[])`,
      [workspaceId, postId, kept.map(({ number }) => number)],
      tx,
    );
    const rows = added.map(({ caption, title, hashtags, coverMs }, index) => ({
      position: index + 1,
      caption,
      title,
      hashtags,
      cover_ms: coverMs,
    }));
    if (rows.length > 0) await this.database.affected(INSERT, [workspaceId, postId, JSON.stringify(rows)], tx);
    return (await this.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }

  async ofRuns(workspaceId: WorkspaceId, postId: PostId, tx?: Tx): Promise<ReadonlyMap<string, Variation>> {
    const rows = await this.database.rows<VariationRow & { occurrenceId: string }>(
      `select o.id as "occurrenceId", ${COLUMNS}
         from occurrence o join content_variation v on v.post_id = o.post_id and v.number = o.variation
        where o.workspace_id = $1 and o.post_id = $2 and o.variation > 0`,
      [workspaceId, postId],
      tx,
    );
    return new Map(rows.map((row) => [row.occurrenceId, toVariation(row)]));
  }
}

const toVariation = ({ number, caption, title, hashtags, coverMs }: VariationRow): Variation => ({
  number,
  ...(caption === null ? {} : { caption }),
  ...(title === null ? {} : { title }),
  ...(hashtags.length === 0 ? {} : { hashtags }),
  ...(coverMs === null ? {} : { coverMs }),
});
