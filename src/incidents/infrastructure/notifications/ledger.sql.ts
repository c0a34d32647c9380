/** Kept messages with what decides about them, of notification `n`, channel `c`, workspace `w`. */
const KEPT = `n.id, n.channel_id as "channelId", n.workspace_id as "workspaceId", n.facts as gathered,
  c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.quiet_zone as "quietZone", c.urgent_kinds as "urgentKinds",
  coalesce(c.quiet_zone, case when c.scope = 'instance' then 'UTC' else w.time_zone end) as zone`;

const WITH_CHANNEL = `
  from notification n
  join notification_channel c on c.workspace_id = n.workspace_id and c.id = n.channel_id
  join workspace w on w.id = n.workspace_id`;

/** $1 limit. */
export const TAKE_GATHERED = `
select ${KEPT} ${WITH_CHANNEL}
 where n.state = 'gathering' and n.next_at <= statement_timestamp()
 order by n.next_at limit $1 for update of n skip locked`;

/** $1 limit of channels. All that a channel kept, so that nothing of one night is left for a second digest. */
export const TAKE_QUIET = `
select ${KEPT} ${WITH_CHANNEL}
 where n.state = 'quiet' and n.channel_id in (
   select channel_id from notification where state = 'quiet' and next_at <= statement_timestamp()
    group by channel_id order by min(next_at) limit $1)
 order by n.last_at, n.id for update of n skip locked`;

/** $1 ids, $2 subjects, $3 bodies, $4 urls. */
export const SEND = `
update notification n set state = 'waiting', next_at = clock_timestamp(), subject = m.subject, body = m.body, url = m.url
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as m (id, subject, body, url)
 where n.id = m.id and n.state = 'gathering'`;

/** $1 ids, $2 until. */
export const KEEP = `
update notification n set state = 'quiet', next_at = m.until
  from unnest($1::uuid[], $2::timestamptz[]) as m (id, until) where n.id = m.id and n.state = 'gathering'`;

/** $1 id, $2 workspace, $3 channel, $4 key, $5 severity, $6 count, $7 subject, $8 body, $9 url, $10 parts. */
export const ADD_DIGEST = `
with parts as (
  update notification set state = 'digested', digest_id = $1, ended_at = clock_timestamp()
   where workspace_id = $2 and id = any ($10::uuid[]) and state = 'quiet')
insert into notification (id, workspace_id, channel_id, family, change_key, state, severity, count, subject, body, url,
                          last_at, next_at)
values ($1, $2, $3, 'digest', $4, 'waiting', $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp())`;

/** What a send needs, of notification `n` and channel `c`. */
const SENDING = `n.id, n.channel_id as "channelId", n.workspace_id as "workspaceId", c.kind, c.name as "channelName",
  n.family, n.severity, n.subject, n.body, n.url, n.count, n.tries, n.unknowns, n.last_at as "lastAt",
  n.intent_at as "intentAt", c.webhook_id as "webhookId", c.destination_enc as "destinationEnc", c.key_id as "keyId"`;

/**
 * What is to be sent once more is dropped when all of it was told anew meanwhile: "down" must not follow "healthy again".
 */
export const DROP_OUTDATED = `
update notification n set state = 'failed', ended_at = clock_timestamp(), detail = 'A newer message about it has arrived.'
 where n.state = 'waiting' and n.next_at <= statement_timestamp() and n.tries > 0 and n.family = 'incident'
   and not exists (
     select 1 from jsonb_array_elements(n.facts -> 'changes') own
      where not exists (
        select 1 from notification m, jsonb_array_elements(m.facts -> 'changes') newer
         where m.channel_id = n.channel_id and m.family = 'incident' and m.state = 'delivered'
           and m.created_at > n.created_at and newer ->> 'subject' = own ->> 'subject'))`;

/**
 * The intent: committed before the send. One message of a channel at a time, the oldest first; what another process
 * holds is passed over. $1 limit, $2 channels busy here, $3 lease in ms.
 */
export const CLAIM = `
with due as (
  select distinct on (n.channel_id) n.id
    from notification n
    join notification_channel c on c.workspace_id = n.workspace_id and c.id = n.channel_id
   where n.state = 'waiting' and n.next_at <= statement_timestamp() and c.disabled_at is null
     and n.channel_id <> all ($2::uuid[])
     and not exists (select 1 from notification s where s.channel_id = n.channel_id and s.state = 'sending')
   order by n.channel_id, n.created_at, n.id
), free as (
  select q.id from notification q join due on due.id = q.id
   where q.state = 'waiting' and q.next_at <= statement_timestamp() order by q.next_at limit $1 for update of q skip locked
)
update notification n
   set state = 'sending', tries = n.tries + 1, intent_at = clock_timestamp(),
       next_at = clock_timestamp() + $3 * interval '1 ms'
  from free, notification_channel c
 where n.id = free.id and c.workspace_id = n.workspace_id and c.id = n.channel_id
returning ${SENDING}`;

/** $1 limit. */
export const TAKE_ABANDONED = `
select ${SENDING}
  from notification n
  join notification_channel c on c.workspace_id = n.workspace_id and c.id = n.channel_id
 where n.state = 'sending' and n.next_at <= statement_timestamp()
 order by n.next_at limit $1 for update of n skip locked`;

/**
 * $1 id, $2 its tries when it was claimed (the fence), $3 state, $4 wait in ms, $5 unknowns more, $6 code, $7 detail,
 * $8 duration, $9 workspace. Answers nothing when the row was no longer ours.
 */
export const SETTLE = `
with ended as (
  update notification
     set state = $3, next_at = clock_timestamp() + $4 * interval '1 ms', unknowns = unknowns + $5, code = $6, detail = $7,
         duration_ms = $8, ended_at = case when $3 <> 'waiting' then clock_timestamp() end
   where workspace_id = $9 and id = $1 and tries = $2 and state = 'sending'
  returning channel_id
), marked as (
  update notification_channel c
     set failing_since = case when $3 = 'delivered' then null else coalesce(c.failing_since, now()) end,
         last_error = case when $3 = 'delivered' then null else $7 end
    from ended where c.workspace_id = $9 and c.id = ended.channel_id
     and (c.failing_since is not null or $3 <> 'delivered'))
select channel_id from ended`;

/** $1 workspace, $2 channel. */
export const DISABLE = `
update notification_channel set disabled_at = now(), disabled_reason = 'gone'
 where workspace_id = $1 and id = $2 and disabled_at is null`;

/** $1 workspace, $2 channel, $3 why. */
export const DROP_WAITING = `
update notification
   set state = 'failed', detail = $3, ended_at = clock_timestamp(), subject = coalesce(subject, 'Not sent')
 where workspace_id = $1 and channel_id = $2 and state in ('gathering', 'quiet', 'waiting')`;

/** $1 id, $2 workspace, $3 channel, $4 key, $5 subject, $6 body, $7 url, $8 lease in ms, $9 spacing in ms. */
export const BEGIN_TEST = `
with n as (
  insert into notification (id, workspace_id, channel_id, family, change_key, state, severity, count, subject, body, url,
                            last_at, next_at, tries, intent_at)
  select $1, $2, $3, 'test', $4, 'sending', 'info', 1, $5, $6, $7, clock_timestamp(),
         clock_timestamp() + $8 * interval '1 ms', 1, clock_timestamp()
   where not exists (
     select 1 from notification where workspace_id = $2 and channel_id = $3 and family = 'test'
        and created_at > clock_timestamp() - $9 * interval '1 ms')
  returning *)
select ${SENDING} from n join notification_channel c on c.workspace_id = n.workspace_id and c.id = n.channel_id`;

export const SHOWN = `id, channel_id as "channelId", family, severity, state, count, subject, body as text, tries,
  next_at as "nextAt", intent_at as "intentAt", ended_at as "endedAt", code, detail, duration_ms as "durationMs",
  digest_id as "digestId", created_at as "createdAt"`;

/** $1 workspace, $2 channel, $3 and $4 the place, $5 state, $6 limit. */
export const LIST = `
select ${SHOWN}, created_at::text as at from notification
 where workspace_id = $1 and channel_id = $2 and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
   and ($5::text is null or state = $5)
 order by created_at desc, id desc limit $6`;

/** $1 age in ms, $2 limit. */
export const PURGE = `
delete from notification where id in (
  select id from notification where created_at < now() - $1 * interval '1 ms' order by created_at limit $2)`;
