/** Views of one target at an age: the newest look that stands for it. */
const viewsAt = (target: string, more = ''): string => `
  lateral (select m.views::float8 as views, m.suspect from target_metric m
            where m.target_id = ${target}.id and m.milestone_seconds = g.age and m.views is not null ${more}
            order by m.at desc limit 1) m`;

/**
 * $1 workspace, $2 platform, $3 region, $4 opened, $5 ended, $6 after account, $7 accounts, $8 ages in seconds,
 * $9 history from, $10 most history.
 */
export const REACH = `
  with due as (
    select t.account_id, count(*)::int as planned from target t
     where t.workspace_id = $1 and t.platform = $2 and t.scheduled_at >= $4 and t.scheduled_at < $5
       and t.role in ('origin', 'fill') and t.status <> 'cancelled' and ($6::uuid is null or t.account_id > $6)
       and exists (select 1 from account a where a.workspace_id = $1 and a.id = t.account_id and a.region = $3)
     group by 1 order by 1 limit $7
  )
  select d.account_id as "accountId", a.display_name as account, g.age as "ageSeconds", d.planned, h.views as history,
         here.live as "hereLive", here.measured as "hereMeasured", here.views as "hereViews",
         here.suspect as "hereSuspect", there.live as "thereLive", there.measured as "thereMeasured",
         there.views as "thereViews", there.suspect as "thereSuspect"
    from due d
    join account a on a.workspace_id = $1 and a.id = d.account_id
    cross join unnest($8::int[]) as g(age)
    cross join lateral (
      select coalesce(array_agg(p.views), '{}') as views from (
        select m.views from target t cross join ${viewsAt('t', 'and not m.suspect')}
         where t.workspace_id = $1 and t.account_id = d.account_id and t.status = 'published'
           and t.scheduled_at >= $9 and t.scheduled_at < $4 and t.published_at < $4
         order by t.scheduled_at desc limit $10) p) h
    cross join lateral (
      select count(*)::int as live, count(m.views)::int as measured, coalesce(sum(m.views), 0)::float8 as views,
             count(*) filter (where m.suspect)::int as suspect
        from target t left join ${viewsAt('t')} on true
       where t.workspace_id = $1 and t.account_id = d.account_id and t.status = 'published'
         and t.scheduled_at >= $4 and t.scheduled_at < $5 and t.role in ('origin', 'fill')) here
    cross join lateral (
      select count(*)::int as live, count(m.views)::int as measured, coalesce(sum(m.views), 0)::float8 as views,
             count(*) filter (where m.suspect)::int as suspect
        from target o join target r on r.workspace_id = $1 and r.root_id = o.id and r.role = 'reroute'
             and r.status = 'published'
        left join ${viewsAt('r')} on true
       where o.workspace_id = $1 and o.account_id = d.account_id and o.scheduled_at >= $4 and o.scheduled_at < $5) there
   order by d.account_id, g.age`;
