/**
 * Seconds after which a notice may go by itself: the least that the routes of the affected accounts say, each by its
 * own route, its platform's or the workspace's; null where none says any.
 */
export const letGoAfter = (workspace: string, platform: string, region = 'a.region'): string => `(
  select min(policy.after_seconds) from account a cross join lateral (
    select r.broadcast_after_seconds as after_seconds from route r
     where r.workspace_id = a.workspace_id and r.platform in ('*', a.platform)
       and (r.scope = 'workspace' or (r.scope = 'platform' and r.scope_id = a.platform)
            or (r.scope = 'account' and r.scope_id = a.id::text))
     order by array_position(array['account', 'platform', 'workspace'], r.scope), (r.platform <> '*') desc limit 1) policy
   where a.workspace_id = ${workspace} and a.platform = ${platform} and a.region = ${region} and a.status = 'active')`;

/** A post of broadcast `b` that waits at incident `i` because nothing else can take it, or got too old that way. */
const STRANDED = `exists (
  select 1 from target t
    join account a on a.id = t.account_id and a.region = i.region
    cross join lateral (select e.cause, e.reasons from target_event e where e.target_id = t.id
                         order by e.seq desc limit 1) latest
   where t.workspace_id = b.workspace_id and t.platform = i.platform
     -- The window lets the calendar index find them among a year's targets.
     and t.scheduled_at between i.opened_at - interval '7 days' and statement_timestamp()
     and ((t.status = 'held' and t.hold_reason in ('platform', 'panic')
           and (latest.reasons @> '[{"code": "no_fallback"}]' or latest.reasons @> '[{"code": "panic"}]'))
       or (t.status = 'missed' and latest.cause = 'stale' and t.updated_at >= i.opened_at)))`;

export const CONCERNED = `
select distinct a.workspace_id as id from account a
 where a.platform = $1 and a.region = $2 and a.status = 'active'
   and exists (select 1 from subscriber s where s.workspace_id = a.workspace_id
                  and (s.status = 'confirmed' or s.phone_status = 'confirmed'))
   and not exists (select 1 from broadcast b join incident o on o.id = b.incident_id
                    where b.workspace_id = a.workspace_id and b.kind = 'blackout' and b.status <> 'cancelled'
                      and o.platform = $1 and o.id <> $3
                      and (o.closed_at is null or o.closed_at > statement_timestamp() - $4 * interval '1 ms'))`;

/**
 * The blackout may be about another region of the same platform: they were told as one. A row in somebody's hands may
 * still leave, so it counts; who was not told in the end gets no all-clear either.
 */
export const TOLD = `
select b.workspace_id as "workspaceId", b.incident_id as "incidentId"
  from broadcast b
  join incident o on o.id = b.incident_id and o.platform = $2 and (o.id = $1 or o.closed_at is not null)
   and o.opened_at > statement_timestamp() - interval '30 days'
 where b.kind = 'blackout'
   and not exists (select 1 from notice_policy p where p.workspace_id = b.workspace_id and p.all_clear = 'never')
   and not exists (select 1 from incident other join account a on a.platform = other.platform
                      and a.region = other.region and a.workspace_id = b.workspace_id and a.status = 'active'
                    where other.platform = $2 and other.id <> $1 and other.closed_at is null)
   and (exists (select 1 from broadcast_recipient r
                 where r.broadcast_id = b.id and r.state in ('accepted', 'claimed', 'handed', 'unknown'))
     or exists (select 1 from sms_message m
                 where m.broadcast_id = b.id and m.state in ('accepted', 'claimed', 'handed', 'unknown')))`;

const STARTED_BY_ITSELF = `
  select count(*) from broadcast d where d.workspace_id = b.workspace_id and d.kind = 'blackout'
     and d.approved_by = 'system:route' and d.frozen_at > statement_timestamp() - interval '1 day' / $1::float8`;

export const DUE_BLACKOUTS = `
select d.*, case when d."afterSeconds" is null then 'no_route' when d.sending = 'approval' then 'approval'
                 when d.started + row_number() over (partition by d."workspaceId" order by d.id) > d."maxPerDay"
                 then 'daily_cap' end as "waitsFor"
  from (
    select b.workspace_id as "workspaceId", b.id, b.kind, b.incident_id as "incidentId", b.version,
           policy.after_seconds as "afterSeconds", coalesce(p.sending, 'automatic') as sending,
           coalesce(p.max_per_day, 3) as "maxPerDay", (${STARTED_BY_ITSELF}) as started
      from broadcast b
      join incident i on i.id = b.incident_id and i.closed_at is null
      left join notice_policy p on p.workspace_id = b.workspace_id
      cross join lateral (select ${letGoAfter('b.workspace_id', 'i.platform', 'i.region')} as after_seconds) policy
     where b.kind = 'blackout' and b.status = 'draft' and b.waiting_since is null
       and (policy.after_seconds is null
         -- Trouble that came back is given its time anew: an hour that was well is no outage.
         or coalesce(i.reopened_at, i.opened_at) + policy.after_seconds / $1::float8 * interval '1 second'
            <= statement_timestamp()
         or (coalesce(p.at_once_without_fallback, true) and ${STRANDED}))
     order by b.id limit 100) d
 order by d.id`;

export const DUE_ALL_CLEARS = `
select b.workspace_id as "workspaceId", b.id, b.kind, b.incident_id as "incidentId", b.version,
       case when coalesce(p.sending, 'automatic') = 'approval' or coalesce(p.all_clear, 'automatic') = 'approval'
              or told.approved_by is distinct from 'system:route' then 'approval' end as "waitsFor"
  from broadcast b
  join incident i on i.id = b.incident_id and i.closed_at <= statement_timestamp() - $1 * interval '1 ms'
  join broadcast told on told.workspace_id = b.workspace_id and told.incident_id = b.incident_id
   and told.kind = 'blackout' and told.status in ('sent', 'cancelled')
  left join notice_policy p on p.workspace_id = b.workspace_id
 where b.kind = 'all_clear' and b.status = 'draft' and b.waiting_since is null
 order by b.id limit 100`;

export const LOCK_DUE = `
select 1 from broadcast b join incident i on i.id = b.incident_id
 where b.workspace_id = $1 and b.id = $2 and b.version = $3 and b.status = 'draft'
   and (i.closed_at is null) = (b.kind = 'blackout')
   for update of b`;

/** A person who starts it after the end knows why. */
const LATE = `select b.id from broadcast b join incident i on i.id = b.incident_id
   where b.kind = 'blackout' and b.status in ('sending', 'paused') and b.frozen_at < i.closed_at`;

export const withdrawLate = (ledger: 'broadcast_recipient' | 'sms_message'): string => `
update ${ledger} set state = 'suppressed', reply = 'The outage ended before this was sent.',
       updated_at = clock_timestamp()
 where broadcast_id in (${LATE}) and state in ('pending', 'deferred')`;
