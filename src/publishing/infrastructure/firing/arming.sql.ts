import { NOT_PAUSED } from '../pauses/paused.sql.js';
import { NEEDS_LOOK } from '../reconcile/overdue.sql.js';

/** Columns behind an ArmedTarget, of `target t`, `account c` and `platform_identity p`. */
export const DUE_COLUMNS = `t.id as target_id, t.version, t.workspace_id, t.account_id, t.platform, c.region, p.external_id,
  t.scheduled_at, t.due_at, t.stale_at, t.tries`;

/**
 * The asked target `w` by its key. The planner must not choose here: with so many joins it goes by the order of the
 * words, and once went through everything that is planned.
 */
export const BY_KEY = `lateral (
  select * from target k where k.id = w.target_id and k.version = w.version and k.status = 'scheduled' offset 0)`;

/**
 * Leases what may be armed, in the order of a backlog: what is stale first goes first (design section 6).
 * `is_blocked`: another try of the post on the account is open; it is not leased.
 */
export const LEASE = `
  with fit as (
    select ${DUE_COLUMNS}, t.post_id, greatest(t.due_at, t.scheduled_at, clock_timestamp()) as call_at,
           exists (select 1 from attempt o where o.post_id = t.post_id and o.account_id = t.account_id
                     and o.purpose = 'publish' and o.state in ('armed', 'intended', 'processing', 'unknown')
                     and o.target_id <> t.id) as is_blocked
      from unnest($1::uuid[], $2::int[]) as w(target_id, version)
      join ${BY_KEY} t on true
      join account c on c.id = t.account_id join platform_identity p on p.id = c.identity_id
     where ${NOT_PAUSED} and not ${NEEDS_LOOK}
  ), leased as (
    insert into target_lease (target_id, worker_id) select target_id, $3 from fit where not is_blocked
    on conflict (target_id) do nothing returning target_id, fence
  )
  select f.*, l.fence from fit f left join leased l using (target_id)
   where f.is_blocked or l.fence is not null
   order by f.stale_at, f.scheduled_at, f.target_id`;

/** $1 attempts, $2 targets, $3 fences, $4 places in quotas; what is blocked in this very moment drops out. */
export const WRITE_ATTEMPTS = `
  insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state,
                       quota_windows)
  select w.attempt_id, t.workspace_id, t.id, t.post_id, t.account_id,
         coalesce((select max(a.no) from attempt a where a.target_id = t.id), 0) + 1,
         t.version, w.fence, $5, 'publish', 'armed', w.windows::bigint[]
    from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) as w(attempt_id, target_id, fence, windows)
    join lateral (select * from target k where k.id = w.target_id offset 0) t on true
  on conflict do nothing
  returning id`;

/** Leased in this same transaction, for nothing. */
export const UNLEASE = `
  delete from target_lease l using unnest($1::uuid[], $2::bigint[]) as w(target_id, fence)
   where l.target_id = w.target_id and l.fence = w.fence`;
