/** $1..$6: columns of the events. The body is text: the bytes that are signed are the bytes that are sent. */
export const FAN_OUT = `
insert into webhook_delivery (id, workspace_id, webhook_id, event_id, message_id, type, body)
select gen_random_uuid(), w.workspace_id, w.id, e.event_id, e.message_id, e.type, e.body
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
         as e (event_id, workspace_id, message_id, type, at, body)
  join webhook w on (e.workspace_id is null or w.workspace_id = e.workspace_id)
 where w.disabled_at is null and (cardinality(w.events) = 0 or e.type = any (w.events)) and w.created_at <= e.at
on conflict (webhook_id, event_id) do nothing`;

/**
 * Walks from one webhook with waiting deliveries to the next, whatever stands behind each, and takes a few of every one:
 * first the first of all, then the second of all. A lock that another process holds is passed over.
 * $1 limit, $2 per webhook, $3 and $4 webhooks and how many of theirs run here, $5 lease in ms.
 */
export const CLAIM = `
with recursive owner (id) as (
  (select webhook_id from webhook_delivery where state = 'waiting' order by webhook_id limit 1)
  union all
  select (select d.webhook_id from webhook_delivery d
           where d.state = 'waiting' and d.webhook_id > o.id order by d.webhook_id limit 1)
    from owner o where o.id is not null
), due as (
  select d.id, d.turn, d.next_at
    from owner o
    join webhook w on w.id = o.id and w.disabled_at is null
    left join unnest($3::uuid[], $4::int[]) as b (id, count) on b.id = o.id
   cross join lateral (
     select q.id, q.next_at, row_number() over (order by q.next_at, q.id) as turn
       from webhook_delivery q
      where q.webhook_id = o.id and q.state = 'waiting' and q.next_at <= now()
      order by q.next_at, q.id
      limit greatest(0, $2 - coalesce(b.count, 0))
   ) d
   order by d.turn, d.next_at
   limit $1
), free as (
  select q.id from webhook_delivery q join due on due.id = q.id
   where q.state = 'waiting' and q.next_at <= now()
     for update of q skip locked
)
update webhook_delivery d
   set tries = d.tries + 1, next_at = now() + $5 * interval '1 ms', last_try_at = now()
  from free, webhook w
 where d.id = free.id and w.id = d.webhook_id
returning d.id, d.webhook_id as "webhookId", d.workspace_id as "workspaceId", w.url, d.message_id as "messageId",
  d.body, d.tries, w.secret_enc as "secretEnc", w.key_id as "keyId",
  case when w.previous_until > now() then w.previous_enc end as "previousEnc",
  case when w.previous_until > now() then w.previous_key_id end as "previousKeyId"`;

/**
 * $1 delivery, $2 its tries when it was claimed (the fence), $3 state, $4 wait in ms, $5 code, $6 error, $7 duration,
 * $8 webhook. Answers since when the webhook fails; no row when the delivery was no longer ours.
 */
export const SETTLE = `
with ended as (
  update webhook_delivery
     set state = $3, next_at = now() + $4 * interval '1 ms', code = $5, error = $6, duration_ms = $7
   where id = $1 and tries = $2 and state = 'waiting'
  returning webhook_id
), marked as (
  update webhook w set failing_since = case when $3 = 'delivered' then null else coalesce(w.failing_since, now()) end
    from ended
   where w.id = ended.webhook_id and (w.failing_since is null) <> ($3 = 'delivered')
  returning w.failing_since
)
select coalesce((select failing_since from marked),
                (select w.failing_since from webhook w where w.id = $8 and $3 <> 'delivered')) as "failingSince"
  from ended`;
