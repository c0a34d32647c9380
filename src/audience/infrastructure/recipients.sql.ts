import { ELIGIBLE } from './subscribers.sql.js';

/** People who got, or may have got, the blackout notice of the incident; an all-clear is for them alone ($3, $4). */
const AUDIENCE = `
  from subscriber s
 where ${ELIGIBLE}
   and ($3::text <> 'all_clear' or $4::uuid is null or exists (
       select 1 from broadcast_recipient r join broadcast b on b.id = r.broadcast_id
        where b.workspace_id = $1 and b.incident_id = $4 and b.kind = 'blackout'
          and r.subscriber_id = s.id and r.state in ('accepted', 'unknown')))`;

/** The Message-ID never changes between tries, so that receivers can drop a repeat. */
export const FREEZE = `
insert into broadcast_recipient (broadcast_id, workspace_id, subscriber_id, address_hmac, state, message_id)
select $5::uuid, s.workspace_id, s.id, s.email_hmac, 'pending',
       '<' || $5::text || '.' || encode(substring(s.email_hmac from 1 for 12), 'hex') || '@' || $6 || '>'
${AUDIENCE}
on conflict do nothing`;

export const COUNT_ELIGIBLE = `select count(*)::int as count ${AUDIENCE}`;

/** Handed over and silent: the message may have left. Only claimed: it certainly did not. */
export const REAP_HANDED = `
update broadcast_recipient set state = 'unknown', reply = 'The sender stopped before the outcome was stored.',
       updated_at = clock_timestamp()
 where state = 'handed' and intent_at < statement_timestamp() - $1::float8 * interval '1 millisecond'`;

export const REAP_CLAIMED = `
update broadcast_recipient set state = 'pending', fence = fence + 1, updated_at = clock_timestamp()
 where state = 'claimed' and updated_at < statement_timestamp() - $1::float8 * interval '1 millisecond'`;

/** True when the person of row \`r\` left, was suppressed or erased. */
const UNWANTED = `(exists (select 1 from suppression x where x.workspace_id = r.workspace_id
        and x.channel = r.channel and x.address_hmac = r.address_hmac)
    or not exists (select 1 from subscriber s where s.id = r.subscriber_id and s.status = 'confirmed'))`;

export const CLAIM = `
with due as (
  select r.broadcast_id, r.subscriber_id, ${UNWANTED} as unwanted
    from broadcast_recipient r join broadcast b on b.id = r.broadcast_id and b.status = 'sending'
   where r.state in ('pending', 'deferred') and r.next_try_at <= statement_timestamp()
   order by r.next_try_at limit $2 for update of r skip locked
), moved as (
  update broadcast_recipient r
     set state = case when due.unwanted then 'suppressed' else 'claimed' end, fence = r.fence + 1, worker_id = $1,
         updated_at = clock_timestamp()
    from due where r.broadcast_id = due.broadcast_id and r.subscriber_id = due.subscriber_id
  returning r.*
)
select m.state, m.broadcast_id as "broadcastId", m.workspace_id as "workspaceId", m.subscriber_id as "subscriberId",
       m.fence, m.tries, m.message_id as "messageId", s.unsubscribe_token as "unsubscribeToken", s.email, s.language,
       s.zone, s.tags, s.attributes
  from moved m join subscriber s on s.id = m.subscriber_id`;

/** One statement checks person, broadcast and fence and commits the intent; what cannot go is put where it belongs. */
export const HAND_OVER = `
update broadcast_recipient r
   set state = case when ${UNWANTED} then 'suppressed' when b.status = 'sending' then 'handed' else 'pending' end,
       intent_at = case when not ${UNWANTED} and b.status = 'sending' then clock_timestamp() else r.intent_at end,
       updated_at = clock_timestamp()
  from broadcast b
 where b.id = r.broadcast_id and r.broadcast_id = $1 and r.subscriber_id = $2 and r.state = 'claimed' and r.fence = $3
returning r.state`;

/** A late answer still corrects \`unknown\`: nobody else sends that row any more. */
export const RECORD = `
update broadcast_recipient
   set state = $4, reply = left($5, 500), server = coalesce($6, server),
       tries = tries + case when state = 'claimed' then 0 else 1 end,
       next_try_at = clock_timestamp() + coalesce($7::float8, 0) * interval '1 millisecond', updated_at = clock_timestamp()
 where broadcast_id = $1 and subscriber_id = $2 and fence = $3 and state in ('claimed', 'handed', 'unknown')`;

export const RELEASE = `
update broadcast_recipient r
   set state = 'pending', next_try_at = clock_timestamp() + $4::float8 * interval '1 millisecond',
       updated_at = clock_timestamp()
  from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as c(broadcast_id, subscriber_id, fence)
 where r.broadcast_id = c.broadcast_id and r.subscriber_id = c.subscriber_id and r.fence = c.fence and r.state = 'claimed'`;

export const RECIPIENTS = `
select r.subscriber_id as "subscriberId", s.email, r.state, r.message_id as "messageId", r.tries,
       r.intent_at as "intentAt", case when r.state in ('pending', 'deferred') then r.next_try_at end as "nextTryAt",
       r.server, r.reply, r.updated_at as "updatedAt", s.created_at::text as at
  from broadcast_recipient r join subscriber s on s.id = r.subscriber_id
 where r.workspace_id = $1 and r.broadcast_id = $2 and ($3::text is null or r.state = $3)
   and ($4::timestamptz is null or (s.created_at, s.id) < ($4::timestamptz, $5::uuid))
 order by s.created_at desc, s.id desc limit $6`;
