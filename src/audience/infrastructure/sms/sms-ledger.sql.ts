import { reachable, TOPIC_OF_BROADCAST } from '../lists/reach.sql.js';

export const INSERT = `
insert into sms_message (id, workspace_id, subscriber_id, broadcast_id, kind, phone_hmac, country, body, segments,
                         cost_micros, state, reply)
select r.id, r."workspaceId", r."subscriberId", r."broadcastId", r.kind, decode(r.hmac, 'hex'), r.country, r.body,
       r.segments, r."costMicros", case when r."leftOut" is null then 'pending' else 'suppressed' end, r."leftOut"
  from jsonb_to_recordset($1::jsonb) as r(id uuid, "workspaceId" uuid, "subscriberId" uuid, "broadcastId" uuid,
       kind text, hmac text, country text, body text, segments int, "costMicros" bigint, "leftOut" text)
on conflict (broadcast_id, phone_hmac) do nothing
returning state`;

export const REAP_HANDED = `
update sms_message set state = 'unknown', reply = 'The sender stopped before the outcome was stored.',
       updated_at = clock_timestamp()
 where state = 'handed' and intent_at < statement_timestamp() - $1::float8 * interval '1 millisecond'`;

export const REAP_CLAIMED = `
update sms_message set state = 'pending', fence = fence + 1, updated_at = clock_timestamp()
 where state = 'claimed' and updated_at < statement_timestamp() - $1::float8 * interval '1 millisecond'`;

/** The phone of row \`m\` is still the one it was written for, and wants it; a question may go to a pending phone. */
const WANTED = `exists (
  select 1 from subscriber s where s.workspace_id = m.workspace_id and s.id = m.subscriber_id
     and s.phone_hmac = m.phone_hmac
     and case when m.kind = 'confirm'
              then s.phone_status = 'pending' and s.status <> 'erased'
                   and not exists (select 1 from suppression x where x.workspace_id = s.workspace_id
                                      and x.channel = 'sms' and x.address_hmac = s.phone_hmac)
              else ${reachable('sms', `(select ${TOPIC_OF_BROADCAST} from broadcast b where b.id = m.broadcast_id)`)} end)`;

/** Null for a question, which belongs to no broadcast and always runs. */
const RUNS = `(m.broadcast_id is null or exists (
  select 1 from broadcast b where b.id = m.broadcast_id and b.status = 'sending'))`;

export const CLAIM = `
with due as (
  select m.id, ${WANTED} as wanted from sms_message m
   where m.state in ('pending', 'deferred') and m.next_try_at <= statement_timestamp() and ${RUNS}
     and exists (select 1 from sms_settings c where c.workspace_id = m.workspace_id and c.is_on)
   order by m.next_try_at limit $2 for update of m skip locked
), moved as (
  update sms_message m
     set state = case when due.wanted then 'claimed' else 'suppressed' end, fence = m.fence + 1, worker_id = $1,
         updated_at = clock_timestamp()
    from due where m.id = due.id
  returning m.*
)
select m.state, m.id, m.workspace_id as "workspaceId", m.subscriber_id as "subscriberId",
       m.broadcast_id as "broadcastId", m.fence, m.tries, s.phone, m.country, s.zone, m.body,
       m.cost_micros::float8 as "costMicros"
  from moved m join subscriber s on s.workspace_id = m.workspace_id and s.id = m.subscriber_id`;

/** Takes the day's money only while the cap allows. */
export const SPEND = `
insert into sms_spend as d (workspace_id, day, micros)
select $1, (clock_timestamp() at time zone 'UTC')::date, $2::bigint where $2::bigint <= $3::bigint
on conflict (workspace_id, day) do update set micros = d.micros + excluded.micros
 where d.micros + excluded.micros <= $3::bigint
returning micros`;

export const REFUND = `
update sms_spend d set micros = greatest(0, d.micros - $2::bigint)
  from sms_message m
 where m.id = $1 and d.workspace_id = m.workspace_id and d.day = (m.intent_at at time zone 'UTC')::date`;

export const HAND_OVER = `
update sms_message m
   set state = case when not ${WANTED} then 'suppressed' when ${RUNS} then 'handed' else 'pending' end,
       intent_at = case when ${WANTED} and ${RUNS} then clock_timestamp() else m.intent_at end,
       updated_at = clock_timestamp()
 where m.id = $1 and m.state = 'claimed' and m.fence = $2
returning m.state`;

/** A late answer still corrects \`unknown\`: nobody else sends that row any more. */
export const RECORD = `
update sms_message
   set state = $3, reply = left($4, 500), provider_id = coalesce($5, provider_id), tries = tries + 1,
       next_try_at = clock_timestamp() + coalesce($6::float8, 0) * interval '1 millisecond',
       updated_at = clock_timestamp()
 where id = $1 and fence = $2 and state in ('claimed', 'handed', 'unknown')`;

export const RELEASE = `
update sms_message m
   set state = 'pending', next_try_at = greatest($3::timestamptz, clock_timestamp()), updated_at = clock_timestamp()
  from unnest($1::uuid[], $2::bigint[]) as c(id, fence)
 where m.id = c.id and m.fence = c.fence and m.state = 'claimed'`;

/** The order of \`SMS_RECEIPTS\`; $3 only ever moves forward. */
export const RECEIPT = `
update sms_message m
   set receipt = $3, receipt_code = coalesce($4, m.receipt_code), provider_id = coalesce(m.provider_id, $2),
       state = case when m.state = 'unknown' then 'accepted' else m.state end, updated_at = clock_timestamp()
 where m.id = $1 and m.state in ('handed', 'accepted', 'unknown') and (m.provider_id is null or m.provider_id = $2)
   and coalesce(array_position($5::text[], m.receipt), 0) < array_position($5::text[], $3::text)
returning m.workspace_id as "workspaceId", m.phone_hmac as "phoneHmac"`;

export const LIST = `
select m.id, m.subscriber_id as "subscriberId", s.phone, m.country, m.state, m.segments,
       m.cost_micros::float8 as "costMicros", m.tries, m.reply, m.receipt, m.receipt_code as "receiptCode",
       m.updated_at as "updatedAt", m.created_at::text as at
  from sms_message m join subscriber s on s.workspace_id = m.workspace_id and s.id = m.subscriber_id
 where m.workspace_id = $1 and m.broadcast_id = $2 and ($3::text is null or m.state = $3)
   and ($4::timestamptz is null or (m.created_at, m.id) < ($4::timestamptz, $5::uuid))
 order by m.created_at desc, m.id desc limit $6`;
