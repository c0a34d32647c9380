/**
 * Everything countable about the engine in one statement, each part by a partial index that holds only what is counted
 * (`target_due` by range, `attempt_one_open`, `target_stuck`). The queue's depth is pg-boss's
 * own count, at most a minute old: counting its table walks all of it.
 */
export const ENGINE_GAUGES = `
  select 'due' as gauge, platform as label, count(*)::float8 as value from target
   where status = 'scheduled' and due_at <= statement_timestamp() group by platform
  union all
  select 'late', platform, count(*)::float8 from target
   where status = 'scheduled' and due_at <= statement_timestamp() - interval '60 seconds' group by platform
  union all
  select 'attempt', state, count(*)::float8 from attempt
   where purpose = 'publish' and state in ('armed', 'intended', 'processing', 'unknown') group by state
  union all
  select status, coalesce(hold_reason, ''), count(*)::float8 from target
   where status in ('held', 'unconfirmed', 'needs_decision') group by status, hold_reason
  union all
  select 'queue', name, (queued_count + active_count)::float8 from pgboss.queue`;

/** $1 how many seconds past due; $2 at most so many. What is paused or waits for a look is held, with a deadline. */
export const IDLE_DUE = `
  select t.id, t.version from target t
   where t.status = 'scheduled' and t.due_at < statement_timestamp() - $1 * interval '1 second'
     and not exists (select 1 from target_lease l where l.target_id = t.id)
     and not exists (select 1 from intent i where i.target_id = t.id and i.version = t.version)
   order by t.due_at limit $2`;

/** $1 queue, $2 ids of targets: those with a wake-up on its way. */
export const WAKING = `
  select distinct (data ->> 'targetId') as id from pgboss.job
   where name = $1 and state in ('created', 'retry', 'active') and data ->> 'targetId' = any($2::text[])`;
