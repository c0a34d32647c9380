import { fileColumn, renditionColumn } from './media-file.rows.js';
import type { PostVariants, SnapshotMedia, StoredPost } from '../domain/post-snapshot.js';

/** A post as `POST_COLUMNS` reads it. */
export interface PostRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: StoredPost['kind'];
  readonly caption: string;
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly recycling: Readonly<Record<string, unknown>> | null;
  readonly version: number;
  readonly media: SnapshotMedia;
  readonly variants: PostVariants;
  readonly pausedAt: Date | null;
  readonly pauseReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Columns of a post `p` with its video `m`; the variants are added by who knows where they are. */
export const POST_COLUMNS = `p.id, p.workspace_id as "workspaceId", p.kind, p.caption, p.title, p.tags, p.options,
  p.recycling, p.version, p.paused_at as "pausedAt", p.pause_reason as "pauseReason",
  p.created_at as "createdAt", p.updated_at as "updatedAt",
  ${fileColumn('m')} || jsonb_strip_nulls(jsonb_build_object('rendition', ${renditionColumn('m')})) as media`;

/** The variants of a post `p`, without the words that are not set. */
export const VARIANTS_COLUMN = `coalesce((
  select jsonb_object_agg(v.platform, jsonb_strip_nulls(jsonb_build_object('caption', v.caption, 'title', v.title))
                                      || jsonb_build_object('options', v.options))
    from post_variant v where v.post_id = p.id), '{}') as variants`;

/** A post with its video, deleted ones left out. */
export const SELECT_POST = `select ${POST_COLUMNS}, ${VARIANTS_COLUMN}, p.created_at::text as at
   from post p
   join post_media pm on pm.post_id = p.id and pm.position = 0
   join media m on m.workspace_id = pm.workspace_id and m.id = pm.media_id
  where p.deleted_at is null`;

export const toPost = (row: PostRow): StoredPost => ({
  id: row.id,
  workspaceId: row.workspaceId,
  kind: row.kind,
  caption: row.caption,
  ...(row.title === null ? {} : { title: row.title }),
  tags: row.tags,
  options: row.options,
  ...(row.recycling === null ? {} : { recycling: row.recycling }),
  version: row.version,
  media: row.media,
  variants: row.variants,
  ...(row.pausedAt === null ? {} : { pausedAt: row.pausedAt }),
  ...(row.pauseReason === null ? {} : { pauseReason: row.pauseReason }),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** Variants as rows for SQL. */
export const variantRows = (variants: PostVariants) =>
  Object.entries(variants).map(([platform, { caption, title, options }]) => ({
    platform,
    caption: caption ?? null,
    title: title ?? null,
    options: options ?? {},
  }));
