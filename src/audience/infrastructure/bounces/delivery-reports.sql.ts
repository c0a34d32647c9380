/** $1: the reports as JSON. A report that is known, or whose mail is gone, is left out of the answer. */
export const ADD = `
insert into delivery_report (id, workspace_id, broadcast_id, subscriber_id, kind, class, is_final, source, domain,
                             evidence, report_key)
select r.id, r."workspaceId", r."broadcastId", r."subscriberId", r.kind, r."deliveryClass", r."isFinal", r.source,
       r.domain, r.evidence, r."reportKey"
  from jsonb_to_recordset($1::jsonb) as r(id uuid, "workspaceId" uuid, "broadcastId" uuid, "subscriberId" uuid,
       kind text, "deliveryClass" text, "isFinal" boolean, source text, domain text, evidence text, "reportKey" text)
 where exists (select 1 from broadcast_recipient b where b.broadcast_id = r."broadcastId"
                  and b.subscriber_id = r."subscriberId" and b.workspace_id = r."workspaceId")
 order by r."broadcastId", r."subscriberId", r."reportKey"
on conflict (broadcast_id, subscriber_id, report_key) do nothing
returning id`;

/** Persons, not reports: a server that tells twice counts once. */
export const TALLY = `
select domain,
       count(distinct subscriber_id) filter (where is_final and class in ('hard-address', 'hard-domain'))::int as hard,
       count(distinct subscriber_id) filter (where kind = 'complaint')::int as complaints,
       count(distinct subscriber_id) filter (where is_final and class in ('policy', 'content'))::int as refused
  from delivery_report where broadcast_id = $1
 group by domain order by domain`;

const REPORT = `d.id, d.workspace_id as "workspaceId", d.broadcast_id as "broadcastId",
  d.subscriber_id as "subscriberId", d.kind, d.class as "deliveryClass", d.is_final as "isFinal", d.source, d.domain,
  d.evidence, d.report_key as "reportKey", d.at, d.at::text as position`;

const PAGE = `
   and ($3::text is null or d.kind = $3) and ($4::text is null or d.class = $4)
   and ($5::timestamptz is null or (d.at, d.id) < ($5::timestamptz, $6::uuid))
 order by d.at desc, d.id desc limit $7`;

export const LIST_OF_BROADCAST = `
select ${REPORT} from delivery_report d where d.workspace_id = $1 and d.broadcast_id = $2 ${PAGE}`;

export const LIST_OF_SUBSCRIBER = `
select ${REPORT} from delivery_report d where d.workspace_id = $1 and d.subscriber_id = $2 ${PAGE}`;

/** Only final ones: a queue that warns every hour pauses nobody. */
export const SOFT_BOUNCES = `
select subscriber_id as "subscriberId", count(*)::int as bounces,
       count(distinct broadcast_id)::int as broadcasts
  from delivery_report
 where workspace_id = $1 and subscriber_id = any ($2::uuid[]) and kind = 'bounce' and is_final
   and class = any ($4::text[]) and at > statement_timestamp() - $3::float8 * interval '1 millisecond'
 group by subscriber_id`;

/** By the person, or by the first 12 bytes of the address' hash that the Message-ID holds. */
export const OWNERS = `
select t.n, r.workspace_id as "workspaceId", r.broadcast_id as "broadcastId", r.subscriber_id as "subscriberId",
       r.address_hmac as "addressHmac", coalesce(split_part(s.email, '@', 2), '') as domain
  from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[]) as t(n, broadcast_id, subscriber_id, hex)
  join lateral (
    select * from broadcast_recipient b where b.broadcast_id = t.broadcast_id and b.subscriber_id = t.subscriber_id
     union all
    select * from broadcast_recipient b
     where b.broadcast_id = t.broadcast_id and b.channel = 'email'
       and b.address_hmac between decode(t.hex || repeat('00', 20), 'hex') and decode(t.hex || repeat('ff', 20), 'hex')
     limit 1) r on true
  join subscriber s on s.workspace_id = r.workspace_id and s.id = r.subscriber_id`;
