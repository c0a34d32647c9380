import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId, type PostId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Listed, ListPlace } from '../domain/media-records.port.js';
import type { PostHeading, PostVariant, PostVariants, StoredPost } from '../domain/post-snapshot.js';
import { type NewPost, type PauseWords, type PostChange, type PostFilter, Posts } from '../domain/posts.port.js';
import { INSERT_POSTS, newPostRow } from './insert-posts.sql.js';
import { foundPosts, searchedPosts, type Statement } from './found-posts.sql.js';
import { POST_COLUMNS, type PostRow, SELECT_POST, toPost, variantRows } from './post.rows.js';

const VARIANT_ROWS = `jsonb_to_recordset($%::jsonb) as v (platform text, caption text, title text, options jsonb)`;

/** Post, variants and video in one statement; no row when the video is not there. */
const INSERT_POST = `
  with m as (
    select * from media where workspace_id = $2 and id = $10 and state = 'ready' for share
  ), p as (
    insert into post (id, workspace_id, kind, title, caption, tags, options, recycling)
    select $1::uuid, $2, $3, $4, $5, $6::text[], $7::jsonb, $8::jsonb from m returning *
  ), pm as (
    insert into post_media (post_id, workspace_id, position, media_id) select p.id, p.workspace_id, 0, m.id from p, m
  ), pv as (
    insert into post_variant (post_id, platform, caption, title, options)
    select p.id, v.platform, v.caption, v.title, v.options from p, ${VARIANT_ROWS.replace('%', '9')}
  )
  select ${POST_COLUMNS} from p, m`;

@Injectable()
export class PostsRepository extends Posts {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(post: NewPost, tx: Tx): Promise<StoredPost | undefined> {
    const row = await this.database.row<Omit<PostRow, 'variants'>>(
      INSERT_POST,
      [
        newId(),
        post.workspaceId,
        post.kind,
        post.title ?? null,
        post.caption,
        post.tags,
        JSON.stringify(post.options),
        post.recycling ? JSON.stringify(post.recycling) : null,
        JSON.stringify(variantRows(post.variants)),
        post.mediaId,
      ],
      tx,
    );
    return row && toPost({ ...row, variants: post.variants });
  }

  async insertMany(posts: readonly NewPost[], tx: Tx): Promise<(StoredPost | undefined)[]> {
    const wanted = posts.map((post) => ({ id: newId(), post }));
    const rows = wanted.map(({ id, post }) => newPostRow(id, post));
    const stored = await this.database.rows<Omit<PostRow, 'variants'>>(
      INSERT_POSTS,
      [posts[0]?.workspaceId, JSON.stringify(rows)],
      tx,
    );
    const byId = new Map(stored.map((row) => [row.id, row]));
    return wanted.map(({ id, post: { variants } }) => {
      const row = byId.get(id);
      return row && toPost({ ...row, variants });
    });
  }

  async find(workspaceId: WorkspaceId, id: PostId, tx?: Tx): Promise<StoredPost | undefined> {
    const row = await this.database.row<PostRow>(
      `${SELECT_POST} and p.workspace_id = $1 and p.id = $2`,
      [workspaceId, id],
      tx,
    );
    return row && toPost(row);
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly PostId[], tx?: Tx): Promise<StoredPost[]> {
    const rows = await this.database.rows<PostRow>(
      `${SELECT_POST} and p.workspace_id = $1 and p.id = any($2::uuid[])`,
      [workspaceId, ids],
      tx,
    );
    return rows.map(toPost);
  }

  headings(workspaceId: WorkspaceId, ids: readonly PostId[]): Promise<PostHeading[]> {
    return this.database.rows<PostHeading>(
      `select id, title, left(caption, 200) as caption from post
        where workspace_id = $1 and id = any($2::uuid[]) and deleted_at is null`,
      [workspaceId, ids],
    );
  }

  async lock(workspaceId: WorkspaceId, id: PostId, tx: Tx): Promise<number | undefined> {
    // Not `for update`: new occurrences only reference the row and must not wait.
    const row = await this.database.row<{ version: number }>(
      `select version from post where workspace_id = $1 and id = $2 and deleted_at is null for no key update`,
      [workspaceId, id],
      tx,
    );
    return row?.version;
  }

  async lockMany(workspaceId: WorkspaceId, ids: readonly PostId[], tx: Tx): Promise<StoredPost[]> {
    await this.database.rows(
      `select 1 from post where workspace_id = $1 and id = any($2::uuid[]) and deleted_at is null
        order by id for no key update`,
      [workspaceId, ids],
      tx,
    );
    return this.findMany(workspaceId, ids, tx);
  }

  async setRecycling(
    workspaceId: WorkspaceId,
    id: PostId,
    recycling: Readonly<Record<string, unknown>>,
    tx: Tx,
  ): Promise<void> {
    await this.database.affected(
      `update post set recycling = $3::jsonb, version = version + 1, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, JSON.stringify(recycling)],
      tx,
    );
  }

  async update(workspaceId: WorkspaceId, id: PostId, change: PostChange, tx: Tx): Promise<void> {
    await this.database.affected(
      `update post
          set caption = coalesce($3, caption),
              title = case when $4 then $5 else title end,
              tags = coalesce($6, tags),
              options = coalesce($7, options),
              version = version + 1,
              updated_at = now()
        where workspace_id = $1 and id = $2`,
      [
        workspaceId,
        id,
        change.caption ?? null,
        change.title !== undefined,
        change.title ?? null,
        change.tags ?? null,
        change.options ? JSON.stringify(change.options) : null,
      ],
      tx,
    );
    await this.changeVariants(id, Object.entries(change.variants ?? {}), tx);
  }

  /** For a post that is locked, so it is the caller's. */
  private async changeVariants(id: PostId, changes: [string, PostVariant | null][], tx: Tx): Promise<void> {
    if (changes.length === 0) return;
    const kept = Object.fromEntries(changes.filter(([, variant]) => variant !== null)) as PostVariants;
    const gone = changes.filter(([, variant]) => variant === null).map(([platform]) => platform);
    await this.database.affected(
      `with gone as (delete from post_variant where post_id = $1 and platform = any($3))
       insert into post_variant (post_id, platform, caption, title, options)
       select $1, v.platform, v.caption, v.title, v.options from ${VARIANT_ROWS.replace('%', '2')}
       on conflict (post_id, platform) do update
         set caption = excluded.caption, title = excluded.title, options = excluded.options`,
      [id, JSON.stringify(variantRows(kept)), gone],
      tx,
    );
  }

  async setPaused(workspaceId: WorkspaceId, id: PostId, pause: PauseWords | undefined, tx: Tx): Promise<void> {
    await this.database.affected(
      `update post set paused_at = case when $3 then now() end, paused_by = $4, pause_reason = $5,
              version = version + 1, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, pause !== undefined, pause?.by ?? null, pause?.reason ?? null],
      tx,
    );
  }

  async markDeleted(workspaceId: WorkspaceId, id: PostId, tx: Tx): Promise<void> {
    await this.database.affected(
      `update post set deleted_at = now(), version = version + 1, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async list(workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Promise<Listed<StoredPost>[]> {
    const ids = await this.pageOf(workspaceId, filter, place);
    if (ids.length === 0) return [];
    const rows = await this.database.rows<Listed<PostRow>>(
      `${SELECT_POST} and p.workspace_id = $1 and p.id = any($2::uuid[]) order by p.created_at desc, p.id desc`,
      [workspaceId, ids],
    );
    return rows.map((row) => ({ ...toPost(row), at: row.at }));
  }

  private async pageOf(workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Promise<string[]> {
    const idsBy = async ({ sql, parameters }: Statement) =>
      (await this.database.rows<{ id: string }>(sql, parameters)).map(({ id }) => id);
    const { q } = filter;
    const newest = await idsBy(foundPosts(workspaceId, filter, place));
    if (q === undefined || newest.length >= place.limit) return newest;
    return idsBy(searchedPosts(workspaceId, { ...filter, q }, place));
  }
}
