import type { ViewsGroup } from '../domain/views.js';

/** Counters are read until a post is 30 days old, and a quarter of that late at most (publishing's metric schedule). */
const READ_FOR = `interval '38 days'`;

const KEYS: Readonly<Record<ViewsGroup, string>> = {
  platform: 't.platform',
  account: 't.account_id::text',
  post: 't.post_id::text',
};

const LABELS: Readonly<Record<ViewsGroup, string>> = {
  platform: 's.key',
  account: '(select a.display_name from account a where a.workspace_id = $1 and a.id = s.key::uuid)',
  post: '(select left(p.caption, 80) from post p where p.workspace_id = $1 and p.id = s.key::uuid)',
};

/** $1 workspace, $2 from, $3 to, $4 platform, $5 account, $6 post. */
const CHOSEN = `t.workspace_id = $1 and t.status = 'published' and t.published_at < $3
  and ($4::text is null or t.platform = $4) and ($5::uuid is null or t.account_id = $5)
  and ($6::uuid is null or t.post_id = $6)`;

const GOOD = `(r.views is not null and not r.suspect)`;

/** $7 zone, $8 most series. A read tells what came since the last one that could be trusted. */
export const seriesSql = (group: ViewsGroup): string => `
  with chosen as (
    select t.id, ${KEYS[group]} as key from target t
     where ${CHOSEN} and t.published_at >= $2::timestamptz - ${READ_FOR}
  ), reads as (
    select c.key, c.id, m.* from chosen c cross join lateral (
      select r.at, r.suspect, ${GOOD} as good,
             r.views - coalesce(lag(r.views) over (partition by ${GOOD} order by r.at), 0) as gained
        from target_metric r where r.target_id = c.id and r.at < $3
    ) m
  ), strongest as (
    select key, targets, row_number() over (order by total desc, key) as place
      from (select key, count(distinct id)::int as targets, coalesce(sum(gained) filter (where good), 0) as total
              from reads where at >= $2 group by key) g
     order by place limit $8
  ), days as (
    select r.key, case when r.at >= $2 then to_char(r.at at time zone $7, 'YYYY-MM-DD') end as day,
           sum(r.gained) filter (where r.good)::float8 as gained, count(*) filter (where r.good)::int as samples,
           count(*) filter (where r.suspect)::int as "suspectSamples"
      from reads r group by 1, 2
  )
  select s.key, coalesce(${LABELS[group]}, s.key) as label, s.targets, d.day, d.gained, d.samples, d."suspectSamples"
    from strongest s join days d on d.key = s.key
   order by s.place, d.day nulls first`;

/**
 * $1 workspace, $2 from, $3 to, $4 platform, $5 account. Incidents, and spans in which views stood still: those two are
 * what marks a read as suspect.
 */
export const SUSPECT_SPANS = `
  with places as (
    select distinct platform, region from account
     where workspace_id = $1 and ($4::text is null or platform = $4) and ($5::uuid is null or id = $5)
  ), spans as (
    select p.platform, p.region, 'incident' as because, i.id as "incidentId", i.opened_at as "from", i.closed_at as "to",
           i.reason
      from places p join incident i on i.platform = p.platform and i.region = p.region and i.opened_at < $3
    union all
    select p.platform, p.region, 'counters', null, t.at,
           (select min(e.at) from transition e where e.platform = p.platform and e.region = p.region
               and e.capability = 'counters' and e.to_state = 'healthy' and e.at > t.at), t.reason
      from places p join transition t on t.platform = p.platform and t.region = p.region and t.at < $3
       and t.capability = 'counters' and t.from_state = 'healthy' and t.to_state <> 'healthy'
  )
  select * from spans where coalesce("to", 'infinity') > $2 order by "from" desc, platform, region limit 200`;

const newestViews = `(array_agg(m.views order by m.at desc) filter (where not m.suspect and m.views is not null))[1]`;
const viewsAtOneDay = `(array_agg(m.views order by m.at desc) filter (where not m.suspect and m.milestone_seconds = 86400))[1]`;

/** $7 most posts. */
export const BEST_POSTS = `
  with seen as (
    select t.post_id, t.platform, m.views, m.views_24h from target t cross join lateral (
      select ${newestViews} as views, ${viewsAtOneDay} as views_24h from target_metric m where m.target_id = t.id
    ) m
     where ${CHOSEN} and t.published_at >= $2
  ), posts as (
    select post_id, array_agg(distinct platform order by platform) as platforms, count(*)::int as targets,
           count(views_24h)::int as measured, percentile_cont(0.5) within group (order by views_24h) as views_24h,
           coalesce(sum(views), 0)::float8 as views
      from seen group by post_id having count(views_24h) > 0
  )
  select b.post_id as "postId", left(p.caption, 140) as caption, b.platforms, b.targets, b.measured,
         b.views_24h as "views24h", b.views, count(*) over ()::int as "sampleSize"
    from posts b join post p on p.workspace_id = $1 and p.id = b.post_id
   order by b.views_24h desc, b.post_id limit $7`;
