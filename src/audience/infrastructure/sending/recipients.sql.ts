import { reachable, TOPIC_OF_BROADCAST } from '../lists/reach.sql.js';

/** People who got, or may have got, the blackout notice of the incident; an all-clear is for them alone. */
const WAS_TOLD = `(b.kind <> 'all_clear' or b.incident_id is null or exists (
       select 1 from broadcast_recipient told join broadcast notice on notice.id = told.broadcast_id
        where notice.workspace_id = b.workspace_id and notice.incident_id = b.incident_id and notice.kind = 'blackout'
          and told.subscriber_id = s.id and told.state in ('accepted', 'unknown')))`;

/** Whom broadcast \`b\` ($1 its id) is for. @param segment a condition over \`s\` */
const audience = (segment: string): string => `
  from broadcast b join subscriber s on s.workspace_id = b.workspace_id
 where b.id = $1 and (cardinality(b.tags) = 0 or s.tags && b.tags) and ${segment}
   and ${reachable('email', TOPIC_OF_BROADCAST)} and ${WAS_TOLD}`;

/** Parameters before those of the segment. */
export const FREEZE_PARAMETERS = 5;
export const COUNT_PARAMETERS = 1;

/** The Message-ID never changes between tries, so that receivers can drop a repeat. */
export const freeze = (segment: string): string => `
with reader as (select s.workspace_id, s.id, s.email_hmac, s.zone ${audience(segment)})
insert into broadcast_recipient
       (broadcast_id, workspace_id, subscriber_id, address_hmac, state, message_id, not_before, next_try_at)
select $1::uuid, r.workspace_id, r.id, r.email_hmac, 'pending',
       '<' || $1::text || '.' || encode(substring(r.email_hmac from 1 for 12), 'hex') || '@' || $2 || '>',
       coalesce(q.not_before, $5::timestamptz), greatest(coalesce(q.not_before, $5::timestamptz), clock_timestamp())
  from reader r left join unnest($3::text[], $4::timestamptz[]) as q(zone, not_before) on q.zone = r.zone
on conflict do nothing`;

export const count = (segment: string): string => `select count(*)::int as count ${audience(segment)}`;

/** The newest first. */
export const sample = (segment: string, limit: number): string => `
select s.email, s.language, s.zone, s.tags, s.attributes ${audience(segment)}
 order by s.created_at desc, s.id desc limit ${limit}`;

/**
 * Rows of senders that are gone, whose lock is free, and what a run of our own that failed left behind ($1: between
 * two runs we hold nothing). Handed over: the message may have left. Only claimed: it certainly did not.
 */
export const REAP = `
with gone as materialized (
  select w.worker_id from (
    select distinct worker_id from broadcast_recipient where state in ('claimed', 'handed') offset 0) w
   where w.worker_id = $1 or pg_try_advisory_xact_lock(hashtextextended('mail-sender|' || w.worker_id, 0)))
update broadcast_recipient r
   set state = case r.state when 'handed' then 'unknown' else 'pending' end,
       reply = case r.state when 'handed' then 'The sender stopped before the outcome was stored.' else r.reply end,
       fence = case r.state when 'handed' then r.fence else r.fence + 1 end, updated_at = clock_timestamp()
  from gone where r.worker_id = gone.worker_id and r.state in ('claimed', 'handed')`;

/**
 * Notices of an outage before news, workspaces in turn, each broadcast its share: nobody waits behind a large one.
 * Who left meanwhile is closed on the way. $1 sender, $2 how many.
 */
export const CLAIM = `
with running as (
  select b.id, b.workspace_id, b.kind, b.kind <> 'news' as is_urgent,
         greatest(1, 2 * $2::int / count(*) over ()) as share
    from broadcast b where b.status = 'sending'
), due as (
  select d.*, running.workspace_id, running.is_urgent
    from running cross join lateral (
      select r.broadcast_id, r.subscriber_id, r.next_try_at from broadcast_recipient r
       where r.broadcast_id = running.id and r.state in ('pending', 'deferred')
         and r.next_try_at <= statement_timestamp()
       order by r.next_try_at limit case when running.is_urgent then $2::int else running.share end
         for update of r skip locked) d
), turn as (
  select due.*, row_number() over (partition by is_urgent, workspace_id order by next_try_at) as place from due
), picked as (
  select broadcast_id, subscriber_id, is_urgent, place from turn
   order by is_urgent desc, place, next_try_at limit $2
), moved as (
  update broadcast_recipient r
     set state = case when ${reachable('email', TOPIC_OF_BROADCAST)} then 'claimed' else 'suppressed' end,
         fence = r.fence + 1, worker_id = $1, updated_at = clock_timestamp()
    from picked join broadcast b on b.id = picked.broadcast_id join subscriber s on s.id = picked.subscriber_id
   where r.broadcast_id = picked.broadcast_id and r.subscriber_id = picked.subscriber_id
  returning r.state, r.broadcast_id, r.workspace_id, r.subscriber_id, r.fence, r.tries, r.message_id, r.server,
            s.unsubscribe_token, s.email, s.language, s.zone, s.tags, s.attributes, picked.is_urgent, picked.place
)
select m.state, m.broadcast_id as "broadcastId", m.workspace_id as "workspaceId", m.subscriber_id as "subscriberId",
       m.fence, m.tries, m.message_id as "messageId", m.unsubscribe_token as "unsubscribeToken", m.email, m.language,
       m.zone, m.tags, m.attributes
  from moved m order by m.is_urgent desc, m.place`;

/**
 * Outcomes ($1 to $8) and intents ($9 to $11) in one commit. A late outcome still corrects \`unknown\`: nobody else
 * sends that row any more. An intent is stored only while the row is ours, its person still wants it and its
 * broadcast runs; what cannot go is put where it belongs.
 */
export const SETTLE = `
with recorded as (
  update broadcast_recipient r
     set state = o.state, reply = left(o.reply, 500), server = coalesce(o.server, r.server),
         tries = r.tries + case when not o.is_try or r.state = 'claimed' and o.state <> 'deferred' then 0 else 1 end,
         next_try_at = clock_timestamp() + o.wait_ms * interval '1 millisecond', updated_at = clock_timestamp()
    from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::bool[])
         as o(broadcast_id, subscriber_id, fence, state, reply, server, wait_ms, is_try)
   where r.broadcast_id = o.broadcast_id and r.subscriber_id = o.subscriber_id and r.fence = o.fence
     and r.state in ('claimed', 'handed', 'unknown')
), asked as (
  select r.broadcast_id, r.subscriber_id, h.fence, b.status = 'sending' as runs,
         ${reachable('email', TOPIC_OF_BROADCAST)} as is_wanted
    from unnest($9::uuid[], $10::uuid[], $11::bigint[]) as h(broadcast_id, subscriber_id, fence)
    join broadcast_recipient r on r.broadcast_id = h.broadcast_id and r.subscriber_id = h.subscriber_id
    join broadcast b on b.id = h.broadcast_id
    join subscriber s on s.id = h.subscriber_id
), handed as (
  update broadcast_recipient r
     set state = case when not a.is_wanted then 'suppressed' when a.runs then 'handed' else 'pending' end,
         intent_at = case when a.is_wanted and a.runs then clock_timestamp() else r.intent_at end,
         updated_at = clock_timestamp()
    from asked a
   where r.broadcast_id = a.broadcast_id and r.subscriber_id = a.subscriber_id and r.fence = a.fence
     and r.state = 'claimed'
  returning r.broadcast_id, r.subscriber_id, r.state
)
select broadcast_id as "broadcastId", subscriber_id as "subscriberId" from handed where state = 'handed'`;

/** Untried rows go back, each with a pause of its own. */
export const RELEASE = `
update broadcast_recipient r
   set state = 'pending', next_try_at = clock_timestamp() + c.wait_ms * interval '1 millisecond',
       updated_at = clock_timestamp()
  from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::float8[]) as c(broadcast_id, subscriber_id, fence, wait_ms)
 where r.broadcast_id = c.broadcast_id and r.subscriber_id = c.subscriber_id and r.fence = c.fence
   and r.state = 'claimed'`;

export const RECIPIENTS = `
select r.subscriber_id as "subscriberId", s.email, r.state, r.message_id as "messageId", r.tries,
       r.intent_at as "intentAt", case when r.state in ('pending', 'deferred') then r.next_try_at end as "nextTryAt",
       r.server, r.reply, r.updated_at as "updatedAt", s.created_at::text as at
  from broadcast_recipient r join subscriber s on s.id = r.subscriber_id
 where r.workspace_id = $1 and r.broadcast_id = $2 and ($3::text is null or r.state = $3)
   and ($4::timestamptz is null or (s.created_at, s.id) < ($4::timestamptz, $5::uuid))
 order by s.created_at desc, s.id desc limit $6`;

/** People who were erased meanwhile have no domain any more and are not counted. */
export const ACCEPTED_BY = `
select split_part(s.email, '@', -1) as domain, count(*)::int as accepted
  from broadcast_recipient r join subscriber s on s.id = r.subscriber_id
 where r.broadcast_id = $1 and r.state = 'accepted' and s.email is not null group by 1`;
