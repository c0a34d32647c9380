export const SUBSCRIBER = `id, workspace_id as "workspaceId", email, email_hmac as "emailHmac", status, phone,
  phone_status as "phoneStatus", accepts, zone, language, tags, attributes, confirm_sent_count as "confirmSentCount",
  created_at as "createdAt", confirmed_at as "confirmedAt"`;

/** A row without anything personal, as an `update` sets it; the keyed hash of the address stays. */
export const ERASED = `status = 'erased', email = null, phone = null, phone_hmac = null, phone_status = null,
  phone_asked_at = null, accepts = '{}', zone = null, language = null, attributes = '{}', tags = '{}',
  confirm_token_hash = null, confirm_expires_at = null`;

/** Requests are counted over every sign-up of the address, whoever sent it. */
export const KNOWN = `
select decode(h.hex, 'hex') as "emailHmac", s.status, x.reason as suppression,
       coalesce(s.confirm_sent_count, 0)::int as "confirmSentCount",
       (select count(*)::int from consent c where c.subscriber_id = s.id and c.action = 'requested'
           and c.purpose = 'backup_list'
           and c.at > statement_timestamp() - $3::float8 * interval '1 millisecond') as "recentRequests"
  from unnest($2::text[]) as h(hex)
  left join subscriber s on s.workspace_id = $1 and s.email_hmac = decode(h.hex, 'hex')
  left join suppression x on x.workspace_id = $1 and x.channel = 'email' and x.address_hmac = decode(h.hex, 'hex')`;

/**
 * In order of the key, so that two calls with the same addresses cannot deadlock. A phone that is sent again keeps what
 * its holder said; what is accepted on it stays.
 */
export const SAVE = `
insert into subscriber (id, workspace_id, email, email_hmac, status, zone, language, attributes, tags,
                        confirm_token_hash, confirm_expires_at, confirm_sent_count, unsubscribe_token, accepts, phone,
                        phone_hmac, phone_status, confirmed_at)
select r.id, $1, r.email, decode(r.hmac, 'hex'), r.status, r.zone, r.language, coalesce(r.attributes, '{}'),
       array(select jsonb_array_elements_text(coalesce(r.tags, '[]'))), decode(r.token, 'hex'),
       clock_timestamp() + r."lifeMs" * interval '1 millisecond', coalesce(r.number, 0), r.unsubscribe,
       array(select jsonb_array_elements_text(r.accepts)), r.phone, decode(r."phoneHmac", 'hex'),
       r."phoneStatus", case r.status when 'confirmed' then clock_timestamp() end
  from jsonb_to_recordset($2::jsonb) as r(id uuid, email text, hmac text, status text, zone text, language text,
       attributes jsonb, tags jsonb, token text, "lifeMs" float8, number int, unsubscribe text, accepts jsonb,
       phone text, "phoneHmac" text, "phoneStatus" text)
 order by r.hmac
on conflict (workspace_id, email_hmac) do update
   set email = excluded.email, status = excluded.status,
       zone = coalesce(excluded.zone, subscriber.zone), language = coalesce(excluded.language, subscriber.language),
       attributes = subscriber.attributes || excluded.attributes,
       tags = case when excluded.tags = '{}' then subscriber.tags else excluded.tags end,
       confirm_token_hash = excluded.confirm_token_hash, confirm_expires_at = excluded.confirm_expires_at,
       confirm_sent_count = greatest(subscriber.confirm_sent_count, excluded.confirm_sent_count), updated_at = now(),
       accepts = excluded.accepts || array(select a from unnest(subscriber.accepts) a
                                            where starts_with(a, 'sms:') and a <> all (excluded.accepts)),
       phone = coalesce(excluded.phone, subscriber.phone),
       phone_hmac = coalesce(excluded.phone_hmac, subscriber.phone_hmac),
       phone_status = case when excluded.phone is null then subscriber.phone_status
                           when excluded.phone = subscriber.phone and subscriber.phone_status in ('confirmed', 'stopped')
                           then subscriber.phone_status else excluded.phone_status end,
       phone_asked_at = case when excluded.phone is null or excluded.phone = subscriber.phone
                             then subscriber.phone_asked_at end,
       confirmed_at = coalesce(excluded.confirmed_at, subscriber.confirmed_at)
 where subscriber.status <> 'confirmed'
returning ${SUBSCRIBER}`;

/** Free parameters begin at `LIST_PARAMETERS + 1`. */
export const LIST_PARAMETERS = 7;
export const listWhere = (segment: string): string => `
select ${SUBSCRIBER}, created_at::text as at
  from subscriber s
 where workspace_id = $1 and ($2::text is null or status = $2) and ($3::text is null or $3 = any (tags))
   and ($4::timestamptz is null or (created_at, id) < ($4::timestamptz, $5::uuid))
   and ($7::bytea is null or email_hmac = $7) and ${segment}
 order by created_at desc, id desc limit $6`;
