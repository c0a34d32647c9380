import type pg from 'pg';

/** The weeks before the demo began. */
const DAYS = 28;
/** How old posts were, hours, when their counters were read. */
const AGES_HOURS = [0.25, 1, 3, 6, 12, 24, 48, 72, 168, 336];

/**
 * What was published before anybody started the demo: four weeks of posts, single ones so that the evergreen library has
 * rested, with their counters, and an outage in the second week in which counters stood still. The one part that goes
 * straight into the tables, since no API lets anybody write the past.
 */
export const writePast = async (db: pg.Client): Promise<void> => {
  await db.query('begin');
  await db.query(`update account set created_at = created_at - interval '60 days'`);
  await db.query(RUNS);
  for (const part of [POSTS, POST_MEDIA, OCCURRENCES]) await db.query(part);
  await db.query(TARGETS);
  await db.query(EVENTS);
  await db.query(METRICS, [AGES_HOURS]);
  await db.query(INCIDENT);
  await db.query(INCIDENT_UPDATES);
  await db.query('commit');
};

/** Two posts a day, each like one of the library, in turn. */
const RUNS = `
create temp table past on commit drop as
with library as (
  select id, workspace_id, row_number() over (order by id) - 1 as place, count(*) over () as posts
    from post where kind = 'evergreen' and deleted_at is null
), slots as (
  select day, hour, row_number() over (order by day desc, hour) - 1 as n,
         date_trunc('day', now()) - day * interval '1 day' + hour * interval '1 hour' as at
    from generate_series(1, ${DAYS}) day, unnest('{8,18}'::int[]) hour
)
select gen_random_uuid() as occurrence_id, gen_random_uuid() as post_id, l.id as like_id, l.workspace_id, s.n, s.at
  from slots s join library l on l.place = s.n % l.posts`;

const POSTS = `
insert into post (id, workspace_id, kind, title, caption, tags, created_at, updated_at)
select w.post_id, w.workspace_id, 'one_shot', p.title, p.caption, p.tags, w.at - interval '3 days', w.at
  from past w join post p on p.id = w.like_id`;

const POST_MEDIA = `
insert into post_media (post_id, workspace_id, position, media_id)
select w.post_id, w.workspace_id, 0, m.media_id from past w join post_media m on m.post_id = w.like_id and m.position = 0`;

const OCCURRENCES = `
insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
select occurrence_id, workspace_id, post_id, 1, at, 'api' from past`;

const TARGETS = `
insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                    due_at, local_time, zone, stale_at, media_id, content, content_hash, platform_post_id, published_at,
                    created_at)
select t.id, w.workspace_id, w.post_id, w.occurrence_id, a.id, a.platform, 'origin', t.id, 'published', w.at, w.at,
       w.at at time zone 'UTC', 'UTC', w.at + interval '2 days', m.id,
       jsonb_build_object('caption', p.caption, 'title', p.title, 'tags', '[]'::jsonb, 'options', '{}'::jsonb,
         'base', jsonb_build_object('caption', p.caption, 'title', p.title), 'variants', '{}'::jsonb,
         'media', jsonb_build_object('id', m.id, 'sha256', encode(m.sha256, 'hex'), 'bytes', m.bytes,
           'mimeType', m.mime_type, 'durationMs', m.duration_ms, 'width', m.width, 'height', m.height, 'fps', m.fps)),
       decode(md5(t.id::text), 'hex'), 'past-' || t.id, w.at + interval '4 seconds', w.at - interval '3 days'
  from past w
  join post p on p.id = w.post_id
  join post_media pm on pm.post_id = p.id and pm.position = 0
  join media m on m.id = pm.media_id
  join account a on a.workspace_id = w.workspace_id and a.platform in ('tiktok', 'reels', 'shorts', 'skylight')
  cross join lateral (select gen_random_uuid() as id where w.post_id is not null and a.id is not null) t
 -- In the outage of the second week TikTok took nothing; two of three went elsewhere anyway.
 where not (a.platform = 'tiktok' and w.at between now() - interval '16 days' and now() - interval '15 days')`;

const EVENTS = `
insert into target_event (target_id, seq, workspace_id, to_status, cause, actor, at)
select t.id, 1, t.workspace_id, 'published', 'committed', 'system', t.published_at
  from target t join past w using (occurrence_id)`;

/** Views grow with the logarithm of age; each platform and post has a scale of its own, each day its luck. */
const METRICS = `
insert into target_metric (target_id, at, workspace_id, milestone_seconds, views, likes, comments, shares, suspect)
select t.id, t.published_at + age * interval '1 hour', t.workspace_id, (age * 3600)::int, v.views, v.views / 14,
       v.views / 160, v.views / 110,
       t.published_at + age * interval '1 hour' between now() - interval '16 days' and now() - interval '15 days'
         and t.platform = 'tiktok'
  from target t
  join past w using (occurrence_id)
  cross join unnest($1::float8[]) age
  cross join lateral (
    select (ln(1 + age * 6)
            * case t.platform when 'tiktok' then 900 when 'reels' then 520 when 'shorts' then 610 else 140 end
            * (0.6 + (get_byte(t.content_hash, 0) / 255.0) * 0.9) * (0.8 + (w.n % 12) / 20.0)
            * case extract(isodow from w.at) when 6 then 1.4 when 7 then 1.5 else 1 end)::bigint as views) v
 where t.published_at + age * interval '1 hour' < now()`;

const INCIDENT = `
insert into incident (id, platform, region, opened_at, closed_at, worst_state, reason)
select gen_random_uuid(), 'tiktok', region, now() - interval '16 days', now() - interval '15 days 4 hours', 'down',
       'Posts: 21 of 24 failed within 2 minutes.'
  from (select distinct region from account where platform = 'tiktok') place`;

const INCIDENT_UPDATES = `
insert into incident_update (id, incident_id, workspace_id, feature, status, text, author, at)
select gen_random_uuid(), i.id, w.id, 'posting', u.status, u.text, 'member:demo', i.opened_at + u.after
  from (select id, opened_at from incident where closed_at is not null order by opened_at limit 1) i,
       (select id from workspace order by created_at limit 1) w,
       (values ('investigating', 'TikTok refuses our uploads. We look into it.', interval '20 minutes'),
               ('resolved', 'TikTok is back; what waited has followed.', interval '21 hours')) u (status, text, after)`;
