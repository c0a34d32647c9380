/** $1 target ids, $2 platforms that tell counters, $3 first age ms, $4 last age ms. */
export const ENROL = `
  insert into target_metric_look (target_id, workspace_id, account_id, platform, published_at, next_at)
  select t.id, t.workspace_id, t.account_id, t.platform, t.published_at,
         greatest(t.published_at + $3 * interval '1 ms', clock_timestamp())
    from target t
   where t.id = any($1::uuid[]) and t.status = 'published' and t.platform = any($2::text[])
     and t.published_at > statement_timestamp() - $4 * interval '1 ms'
  on conflict (target_id) do nothing`;

/** $1 how many, $2 lease ms. The end of the lease names the claim. */
export const CLAIM = `
  with picked as (
    select target_id from target_metric_look
     where next_at <= statement_timestamp() order by next_at limit $1 for update skip locked
  )
  update target_metric_look l set next_at = clock_timestamp() + $2 * interval '1 ms'
    from picked p join target t on t.id = p.target_id
    left join lateral (
      select at, views from target_metric where target_id = p.target_id and views is not null order by at desc limit 1
    ) m on true
   where l.target_id = p.target_id
  returning l.target_id as "targetId", l.workspace_id as "workspaceId", l.account_id as "accountId", l.platform,
            l.published_at as "publishedAt", l.failures, l.next_at::text as claim, t.platform_post_id as "platformPostId",
            m.at as "beforeAt", m.views::float8 as "beforeViews"`;

/** One row for each look; a look that somebody else claimed meanwhile is left alone, samples too. */
export const STORE = `
  with told as (
    select * from unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::int[],
                         $7::boolean[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])
      as r (target_id, claim, failures, next_at, at, milestone_seconds, suspect, views, likes, comments, shares, permalink)
  ), mine as (
    select r.*, l.workspace_id from told r join target_metric_look l on l.target_id = r.target_id and l.next_at = r.claim
     order by r.target_id for update of l
  ), kept as (
    insert into target_metric (target_id, workspace_id, at, milestone_seconds, views, likes, comments, shares, suspect)
    select target_id, workspace_id, at, milestone_seconds, views, likes, comments, shares, suspect
      from mine where at is not null
    on conflict (target_id, at) do nothing
  ), linked as (
    update target t set permalink = m.permalink, updated_at = now()
      from mine m where t.id = m.target_id and m.permalink is not null and t.permalink is null
  ), ended as (
    delete from target_metric_look l using mine m where l.target_id = m.target_id and m.next_at is null
  ), moved as (
    update target_metric_look l set next_at = m.next_at, failures = m.failures
      from mine m where l.target_id = m.target_id and m.next_at is not null
  )
  select target_id as "targetId" from mine`;

/** $1 scope, $2 calls, $3 limit, $4 window ms; a window is a stretch of the clock. */
export const TAKE_CALLS = `
  with w as (
    select date_bin($4 * interval '1 ms', clock_timestamp(), timestamptz '2026-01-01 00:00:00Z') as began
  ), taken as (
    insert into metric_call_window as q (scope_id, window_start, calls, ends_at)
    select $1, began, $2, began + $4 * interval '1 ms' from w
    on conflict (scope_id, window_start) do update set calls = q.calls + excluded.calls
      where q.calls + excluded.calls <= $3
    returning calls
  )
  select exists (select 1 from taken) as granted, began + $4 * interval '1 ms' as ends from w`;
