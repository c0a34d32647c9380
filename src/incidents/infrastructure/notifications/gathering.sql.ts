/** A channel that may be told: switched on, its address proved. */
const LISTENS = `disabled_at is null and verified_at is not null`;

/** One statement, one snapshot: a channel that it does not see wants nothing that it passes over. $1 consumer. */
export const SKIP = `
with passed as (
  update event_cursor set last_xid = pg_snapshot_xmin(pg_current_snapshot()), last_id = 0
   where consumer = (select consumer from event_cursor where consumer = $1 for update skip locked)
     and last_xid < pg_snapshot_xmin(pg_current_snapshot())
     and not exists (select 1 from notification_channel where ${LISTENS}))
select exists (select 1 from notification_channel where ${LISTENS}) as "isOn"`;

/** $1 workspaces in which something happened, $2 whether something happened to all. */
export const LISTENERS = `
select id, workspace_id as "workspaceId", scope, kinds, min_severity as "minSeverity", verified_at as "readySince"
  from notification_channel
 where ${LISTENS} and (scope = 'instance' or $2 or workspace_id = any ($1::uuid[]))
 order by id`;

/** $1 platforms, $2 workspaces. */
export const PRESENCES = `
select distinct workspace_id as "workspaceId", platform, region from account
 where workspace_id = any ($2::uuid[]) and platform = any ($1::text[]) and status <> 'disconnected'`;

/** $1 channels, $2 incidents. */
export const INCIDENTS = `
select channel_id as "channelId", incident, state, opened_at as "openedAt" from notification_incident
 where channel_id = any ($1::uuid[]) and incident = any ($2::text[])`;

/** $1 channels. What is being closed meanwhile is closed when the lock is had, and no longer found. */
export const OPEN = `
select id, channel_id as "channelId", family, facts from notification
 where channel_id = any ($1::uuid[]) and state = 'gathering' for update`;

/** $1 ids, $2 workspaces, $3 channels, $4 families, $5 keys, $6 severities, $7 counts, $8 facts, $9 last, $10 ms. */
export const BEGIN = `
insert into notification (id, workspace_id, channel_id, family, change_key, state, severity, count, facts, last_at,
                          next_at)
select n.id, n.workspace_id, n.channel_id, n.family, n.change_key, 'gathering', n.severity, n.count, n.facts, n.last_at,
       clock_timestamp() + n.closes_in * interval '1 ms'
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::int[], $8::jsonb[],
              $9::timestamptz[], $10::float8[])
         as n (id, workspace_id, channel_id, family, change_key, severity, count, facts, last_at, closes_in)
on conflict (channel_id, change_key) do nothing`;

/** $1 ids, $2 severities, $3 counts, $4 facts, $5 last. */
export const ADD = `
update notification o set severity = n.severity, count = n.count, facts = n.facts, last_at = n.last_at
  from unnest($1::uuid[], $2::text[], $3::int[], $4::jsonb[], $5::timestamptz[])
         as n (id, severity, count, facts, last_at)
 where o.id = n.id and o.state = 'gathering'`;

/** $1 workspaces, $2 channels, $3 incidents, $4 states, $5 since. */
export const REMEMBER = `
insert into notification_incident (workspace_id, channel_id, incident, state, opened_at)
select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
on conflict (channel_id, incident) do update set state = excluded.state`;

/** $1 channels, $2 incidents. */
export const FORGET = `
delete from notification_incident i using unnest($1::uuid[], $2::text[]) as n (channel_id, incident)
 where i.channel_id = n.channel_id and i.incident = n.incident`;
