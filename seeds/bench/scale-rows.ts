import type pg from 'pg';

/** Accounts of the workspace; the last carries few targets, on a platform of its own. */
const ACCOUNTS = 20;

/** A post's id by its number, in the form of a UUID of version 7. */
const postId = (number: string): string =>
  `overlay(overlay(md5('p' || ${number}) placing '7' from 13) placing '8' from 17)::uuid`;

/** What a list filter may meet: mostly common values, some rare ones, all over the calendar. */
const TARGETS = `
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, hold_reason,
                      hold_until, next_check_at, scheduled_at, due_at, local_time, zone, stale_at, content, content_hash,
                      media_id, platform_post_id, published_at)
  select t.id, $1, t.post_id, t.post_id, a.id, a.platform, case when n % 199 = 0 then 'reroute' else 'origin' end, t.id,
         s.status, case s.status when 'held' then 'platform' end,
         case s.status when 'held' then t.at + interval '1 day' end,
         case s.status when 'unconfirmed' then now() + interval '30 days' end,
         t.at, t.at, t.at at time zone 'UTC', 'UTC', t.at + interval '2 days', $2::jsonb, sha256(convert_to(n::text, 'UTF8')), $3,
         case s.status when 'published' then n::text end, case s.status when 'published' then t.at end
    from generate_series($4::int, $5::int) as n
    cross join lateral (
      select md5('t' || n)::uuid as id, ${postId('n / 4')} as post_id,
             now() + ((n::bigint * 7919) % 1000003 - 500001) * interval '30 seconds' + n * interval '1 microsecond'
               + case when (n::bigint * 7919) % 1000003 > 500001 then interval '2 days' else interval '-2 days' end as at
    ) t
    cross join lateral (
      select case when n % 211 = 0 then 'failed' when n % 223 = 0 then 'held' when n % 227 = 0 then 'missed'
                  when n % 229 = 0 then 'cancelled' when n % 499 = 0 then 'unconfirmed'
                  when t.at < now() then 'published' else 'scheduled' end as status
    ) s
    join bench_account a on a.place = case when n % 503 = 0 then ${ACCOUNTS - 1} else n % ${ACCOUNTS - 1} end`;

const POSTS = `
  insert into post (id, workspace_id, kind, caption, created_at)
  select ${postId('p')}, $1, 'one_shot', 'Post ' || p, now() - p * interval '1 second'
    from generate_series($2::int, $3::int) as p on conflict do nothing`;

const OCCURRENCES = `
  insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
  select ${postId('p')}, $1, ${postId('p')}, 1, now(), 'api'
    from generate_series($2::int, $3::int) as p on conflict do nothing`;

const POST_MEDIA = `
  insert into post_media (post_id, workspace_id, position, media_id)
  select ${postId('p')}, $1, 0, $4 from generate_series($2::int, $3::int) as p on conflict do nothing`;

export interface Cast {
  readonly workspaceId: string;
  readonly mediaId: string;
}

/** Accounts nobody calls: lists and edits only look at their rows. */
export const addAccounts = async (client: pg.Client, workspaceId: string): Promise<readonly string[]> => {
  await client.query(`
    create temp table bench_account as
    select n as place, gen_random_uuid() as id, case when n = ${ACCOUNTS - 1} then 'discord'
           else (array['tiktok', 'reels', 'shorts', 'skylight'])[1 + n % 4] end as platform
      from generate_series(0, ${ACCOUNTS - 1}) as n`);
  await client.query(
    `insert into platform_identity (id, platform, external_id) select id, platform, id::text from bench_account`,
  );
  await client.query(
    `insert into account (id, workspace_id, platform, identity_id, display_name, region, status, cred_enc, key_id)
     select id, $1, platform, id, 'Account ' || place, 'us', 'active', '\\x00', 'none' from bench_account`,
    [workspaceId],
  );
  const { rows } = await client.query<{ id: string }>('select id from bench_account order by place');
  return rows.map(({ id }) => id);
};

/** Brings the number of targets from `from` to `to`. Foreign keys hold by construction. */
export const addTargets = async (client: pg.Client, cast: Cast, from: number, to: number): Promise<void> => {
  await client.query('set session_replication_role = replica');
  const posts = [cast.workspaceId, Math.floor(from / 4), Math.floor(to / 4)];
  await client.query(POSTS, posts);
  await client.query(OCCURRENCES, posts);
  await client.query(POST_MEDIA, [...posts, cast.mediaId]);
  const media = {
    id: cast.mediaId,
    sha256: '',
    bytes: 10,
    mimeType: 'video/mp4',
    durationMs: 5_000,
    width: 1,
    height: 2,
  };
  const content = { caption: 'Hi', tags: [], options: {}, media, base: { caption: 'Hi' }, variants: {} };
  for (let at = from; at < to; at += 100_000) {
    const upTo = Math.min(to, at + 100_000) - 1;
    await client.query(TARGETS, [cast.workspaceId, JSON.stringify(content), cast.mediaId, at, upTo]);
  }
  await client.query('set session_replication_role = default');
  await client.query('vacuum analyze target');
  for (const table of ['post', 'post_media', 'occurrence']) await client.query(`vacuum analyze ${table}`);
};
