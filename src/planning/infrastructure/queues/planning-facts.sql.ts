/** $1 workspace, $2 tags (null: all): posts that may return. */
export const ITEMS = `
select p.id as "postId", p.tags, p.recycling, p.created_at as "createdAt",
       coalesce((select array_agg(v.number::int order by v.number) from content_variation v
                  where v.post_id = p.id and v.removed_at is null), '{}') as numbers
  from post p
 where p.workspace_id = $1 and p.kind = 'evergreen' and p.deleted_at is null and p.paused_at is null
   and p.expired_at is null and ($2::text[] is null or p.tags && $2)
 order by p.id`;

/**
 * $1 workspace, $2 posts, $3 runs to leave out. The rule of \`settle-runs.ts\`: a run that was lost everywhere does not
 * count, one that was refused for its content does; a run with a target that waits is still to come.
 */
export const RUNS = `
with t as (
  select t.post_id, t.occurrence_id, t.account_id, t.scheduled_at, t.status,
         t.status in ('draft', 'scheduled', 'held', 'publishing') as waits
    from target t
   where t.workspace_id = $1 and t.post_id = any ($2::uuid[]) and t.occurrence_id <> all ($3::uuid[])
     and (t.status not in ('cancelled', 'rerouted', 'missed', 'failed')
          or (t.status = 'failed' and t.error_category in ('user_content', 'platform_rejected')))
), run as (
  select t.post_id, o.variation, min(t.scheduled_at) as at, bool_or(t.waits) as waits,
         array_agg(t.account_id) filter (where t.status <> 'failed') as account_ids
    from t join occurrence o on o.id = t.occurrence_id
   group by t.post_id, t.occurrence_id, o.variation
)
select post_id as "postId", (count(*) filter (where not waits))::int as count,
       max(at) filter (where not waits) as "lastAt",
       (array_agg(variation order by at desc) filter (where not waits))[1]::int as "lastVariation",
       coalesce(jsonb_agg(jsonb_build_object('at', at, 'variation', variation, 'accountIds', account_ids) order by at)
                filter (where waits), '[]') as runs
  from run group by post_id`;

/** $1 workspace, $2 posts, $3 runs to leave out: when each account last had the post, live or maybe live. */
export const LAST_ON = `
select t.post_id as "postId", jsonb_object_agg(t.account_id, t.at) as "lastOn"
  from (select t.post_id, t.account_id, max(coalesce(t.published_at, t.scheduled_at)) as at from target t
         where t.workspace_id = $1 and t.post_id = any ($2::uuid[]) and t.occurrence_id <> all ($3::uuid[])
           and t.status in ('published', 'unconfirmed', 'needs_decision')
         group by t.post_id, t.account_id) t
 group by t.post_id`;

/** $1 workspace, $2 posts: the newest trustworthy views of each run, as a mean by platform. */
export const VIEWS = `
select s.post_id as "postId", s.platform, avg(s.views)::float8 as mean, count(*)::int as runs
  from (select distinct on (t.id) t.post_id, t.platform, m.views
          from target t join target_metric m on m.target_id = t.id
         where t.workspace_id = $1 and t.post_id = any ($2::uuid[]) and t.status = 'published'
           and m.views is not null and not m.suspect
         order by t.id, m.at desc) s
 group by s.post_id, s.platform`;

/** $1 workspace, $2 accounts, $3 from, $4 until, $5 runs to leave out. */
export const TARGETS = `
select t.account_id as "accountId", t.scheduled_at as at, t.post_id as "postId"
  from target t
 where t.workspace_id = $1 and t.scheduled_at >= $3 and t.scheduled_at < $4 and t.account_id = any ($2::uuid[])
   and t.status not in ('cancelled', 'rerouted', 'missed', 'failed') and t.occurrence_id <> all ($5::uuid[])
 order by t.scheduled_at`;

export const CATEGORIES = `select category, recycling from category_recycling where workspace_id = $1 order by category`;
