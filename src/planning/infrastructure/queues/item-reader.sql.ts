/** Targets that count: what was lost everywhere uses up nothing, what was refused for its content uses up its turn. */
const COUNTS = `(t.status not in ('cancelled', 'rerouted', 'missed', 'failed')
          or (t.status = 'failed' and t.error_category in ('user_content', 'platform_rejected')))`;

const msOf = (instant: string): string => `floor(extract(epoch from ${instant}) * 1000)::float8`;

/** $1 workspace, $2 posts (null: all): those that may return. */
const EVERGREEN = `
  from post p
 where p.workspace_id = $1 and p.kind = 'evergreen' and p.deleted_at is null and p.paused_at is null
   and p.expired_at is null and ($2::uuid[] is null or p.id = any ($2))`;

/**
 * Posts that may return, each with its runs: those over in sum, those still to come one by one, and when each account
 * last had it, live or maybe live. The rule of `settle-runs.ts`: a run with a target that waits is still to come.
 */
export const ITEMS = `
with item as (
  select p.id, array_to_json(p.tags)::text as tags, p.recycling::text as recycling, p.created_at,
         (select array_to_json(array_agg(v.number order by v.number))::text from content_variation v
           where v.post_id = p.id and v.removed_at is null) as numbers
  ${EVERGREEN}
), t as (
  select t.post_id, t.occurrence_id, t.account_id, t.scheduled_at, t.published_at, t.status,
         t.status in ('draft', 'scheduled', 'held', 'publishing') as waits
    from item join target t on t.workspace_id = $1 and t.post_id = item.id
   where ${COUNTS}
), run as (
  select t.post_id, t.occurrence_id, o.variation, min(t.scheduled_at) as at, bool_or(t.waits) as waits,
         array_agg(t.account_id order by t.account_id) filter (where t.status <> 'failed') as account_ids
    from t join occurrence o on o.id = t.occurrence_id
   group by t.post_id, t.occurrence_id, o.variation
), turns as (
  select post_id, (count(*) filter (where not waits))::int as count, max(at) filter (where not waits) as last_at,
         (array_agg(variation order by at desc, occurrence_id desc) filter (where not waits))[1]::int as last_variation,
         json_agg(json_build_object('occurrenceId', occurrence_id, 'at', ${msOf('at')}, 'variation', variation,
                                    'accountIds', account_ids) order by at, occurrence_id) filter (where waits) as runs
    from run group by post_id
), live as (
  select l.post_id, json_object_agg(l.account_id, ${msOf('l.at')}) as last_on
    from (select t.post_id, t.account_id, max(coalesce(t.published_at, t.scheduled_at)) as at from t
           where t.status in ('published', 'unconfirmed', 'needs_decision') group by t.post_id, t.account_id) l
   group by l.post_id
)
select item.id as "postId", item.tags, item.recycling, item.numbers, item.created_at as "createdAt",
       coalesce(turns.count, 0) as count, turns.last_at as "lastAt", turns.last_variation as "lastVariation",
       turns.runs, live.last_on as "lastOn"
  from item left join turns on turns.post_id = item.id left join live on live.post_id = item.id
 order by item.id`;

/** $1 workspace, $2 posts (null: all): the newest trustworthy views of each run, as a mean by platform. */
export const VIEWS = `
select t.post_id as "postId", t.platform, avg(m.views)::float8 as mean, count(*)::int as runs
  from (select p.id ${EVERGREEN}) p
  join target t on t.workspace_id = $1 and t.post_id = p.id and t.status = 'published'
  cross join lateral (select m.views from target_metric m
                       where m.target_id = t.id and m.views is not null and not m.suspect
                       order by m.at desc limit 1) m
 group by t.post_id, t.platform
 order by t.post_id, t.platform`;

export const CATEGORIES = `select category, recycling from category_recycling where workspace_id = $1 order by category`;
