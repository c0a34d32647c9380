import type { NewPost } from '../domain/posts.port.js';
import { POST_COLUMNS, variantRows } from './post.rows.js';

/** Many posts of one workspace with their variants and videos; a post whose video is not there is left out. */
export const INSERT_POSTS = `
  with n as (
    select * from jsonb_to_recordset($2::jsonb)
      as n (id uuid, kind text, title text, caption text, tags text[], options jsonb, recycling jsonb, media_id uuid,
            variants jsonb)
  ), m as (
    select * from media where workspace_id = $1 and id in (select media_id from n) and state = 'ready' order by id for share
  ), p as (
    insert into post (id, workspace_id, kind, title, caption, tags, options, recycling)
    select n.id, $1, n.kind, n.title, n.caption, n.tags, n.options, n.recycling from n join m on m.id = n.media_id
    returning *
  ), pm as (
    insert into post_media (post_id, workspace_id, position, media_id)
    select p.id, p.workspace_id, 0, n.media_id from p join n on n.id = p.id
  ), pv as (
    insert into post_variant (post_id, platform, caption, title, options)
    select p.id, v.platform, v.caption, v.title, v.options
      from p join n on n.id = p.id
     cross join lateral jsonb_to_recordset(n.variants) as v (platform text, caption text, title text, options jsonb)
  )
  select ${POST_COLUMNS} from p join n on n.id = p.id join m on m.id = n.media_id`;

/** A post as a row of the statement. */
export const newPostRow = (id: string, post: NewPost) => ({
  ...{ id, kind: post.kind, title: post.title ?? null, caption: post.caption, tags: post.tags, options: post.options },
  ...{ recycling: post.recycling ?? null, media_id: post.mediaId, variants: variantRows(post.variants) },
});
