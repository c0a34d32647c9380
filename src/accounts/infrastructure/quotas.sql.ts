/** $1..$4 name windows: scope, scope_id, kind, window_start. */
const NAMED = `unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as w (scope, scope_id, kind, window_start)`;
const SAME = `(q.scope, q.scope_id, q.kind, q.window_start) = (w.scope, w.scope_id, w.kind, w.window_start)`;

/**
 * Adds $7 places to each window if all fit, and locks every named window, full ones too. Always in one order, so that
 * two batches never wait for each other in a circle. Answers the windows that took all their places.
 */
export const TAKE = `
  with asked as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::timestamptz[], $7::int[])
      as a (scope, scope_id, kind, window_start, limit_n, resets_at, places)
  ), taken as (
    insert into quota_window as q (scope, scope_id, kind, window_start, used, limit_n, resets_at)
    select scope, scope_id, kind, window_start, case when places <= limit_n then places else 0 end, limit_n, resets_at
      from asked order by scope, scope_id, kind, window_start
    on conflict (scope, scope_id, kind, window_start) do update
      set used = q.used + excluded.used, limit_n = excluded.limit_n where q.used + excluded.used <= excluded.limit_n
    returning id, scope, scope_id, kind, window_start
  )
  select t.id::text, t.scope, t.scope_id as "scopeId", t.kind, t.window_start as "windowStart", a.places <= a.limit_n as "isWhole"
    from taken t join asked a using (scope, scope_id, kind, window_start)`;

export const READ = `
  select q.id::text, q.scope, q.scope_id as "scopeId", q.kind, q.window_start as "windowStart", q.used
    from quota_window q join ${NAMED} on ${SAME}`;

/** $1 windows, $2 places to add or take away, $3 limits; nothing beyond the limit. */
export const ADD = `
  update quota_window q set used = q.used + w.places, limit_n = w.limit_n
    from unnest($1::bigint[], $2::int[], $3::int[]) as w (id, places, limit_n)
   where q.id = w.id and q.used + w.places between 0 and greatest(w.limit_n, q.used)`;

export const GIVE_BACK = `
  with back as (
    select id, count(*)::int as places from unnest($1::bigint[]) as b (id) group by id
  ), locked as (
    select q.id, b.places from quota_window q join back b on b.id = q.id
     order by q.scope, q.scope_id, q.kind, q.window_start for update of q
  )
  update quota_window q set used = greatest(q.used - l.places, 0) from locked l where q.id = l.id`;

/**
 * Caps of the ids $1 that hold at $2, now when null; few at any time. `mayAsk`: the platform said longer, but
 * one call may ask again.
 */
export const CAPS = `
  select q.scope, q.scope_id as "scopeId", q.resets_at as "resetsAt",
         q.resets_at <= coalesce($2::timestamptz, now()) as "mayAsk"
    from quota_window q
   where q.kind = 'reported' and greatest(q.resets_at, q.says_until) > coalesce($2::timestamptz, now())
     and q.scope_id = any($1::text[])`;

/** One caller gets the one call that asks the platform again; everybody else waits another hour. */
export const ASK_AGAIN = `
  update quota_window set resets_at = least(says_until, clock_timestamp() + interval '1 hour'), used = used + 1
   where kind = 'reported' and scope = 'app' and scope_id = any($1::text[]) and resets_at <= now() and says_until > now()
  returning scope_id as "scopeId"`;

/** The call that asked again got through: the platform takes calls of the apps $1 before it said. */
export const REOPEN = `
  delete from quota_window where kind = 'reported' and scope = 'app' and used > 0 and scope_id = any($1::text[])`;

/** A cap no platform has repeated for two days is not believed any longer; one for our whole app is tried hourly. */
export const REPORT = `
  insert into quota_window as q (scope, scope_id, kind, window_start, used, limit_n, resets_at, says_until)
  values ($1, $2, 'reported', 'epoch'::timestamptz, 0, 0,
          least($3::timestamptz, clock_timestamp() + case $1 when 'app' then interval '1 hour' else interval '2 days' end),
          least($3::timestamptz, clock_timestamp() + interval '2 days'))
  on conflict (scope, scope_id, kind, window_start) do update
     set resets_at = greatest(q.resets_at, excluded.resets_at), used = 0,
         says_until = greatest(q.says_until, excluded.says_until)`;

/** Kept for a week, so that a try that ends late still finds what it gives back. */
export const FORGET = `delete from quota_window where resets_at < statement_timestamp() - interval '7 days'`;
