const TITLE = `coalesce(nullif(t.content ->> 'title', ''), left(t.content ->> 'caption', 120), '')`;

/**
 * $1 workspace, $2 platform, $3 region, $4 and $5 window, $6 incident, $7 and $8 after, $9 limit. A week before the
 * window lets the calendar index find what was held for long.
 */
export const TARGETS = `
  select t.id as "targetId", t.post_id as "postId", ${TITLE} as title, t.account_id as "accountId",
         a.display_name as account, t.platform, t.role, t.status, t.scheduled_at as "scheduledAt",
         t.scheduled_at::text as "sortKey", t.published_at as "publishedAt", t.late, t.permalink,
         t.platform_post_id as "platformPostId", t.hold_reason as "holdReason", t.error_category as "errorCategory",
         t.outcome, t.error_detail as "errorDetail"
    from target t join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and a.region = $3
   where t.workspace_id = $1 and t.platform = $2
     and t.scheduled_at >= $4::timestamptz - interval '7 days' and t.scheduled_at < $5
     and (t.scheduled_at >= $4 or exists (
       select 1 from incident_entry e where e.workspace_id = $1 and e.kind = 'decision' and e.subject_id = t.id::text
          and e.incident_id = $6))
     and ($7::timestamptz is null or (t.scheduled_at, t.id) > ($7, $8::uuid))
   order by t.scheduled_at, t.id limit $9`;

/** $1 workspace, $2 targets. */
export const ATTEMPTS = `
  select a.target_id as "targetId", a.no, a.purpose, a.state, a.created_at as "createdAt", i.at as "intentAt",
         a.commit_started_at as "callStartedAt", a.outcome_at as "outcomeAt", a.http_status as "httpStatus",
         a.platform_code as "platformCode", a.request_id as "requestId", a.answer_detail as detail, a.handle
    from attempt a left join intent i on i.target_id = a.target_id and i.version = a.version and i.fence = a.fence
   where a.workspace_id = $1 and a.target_id = any($2::uuid[]) order by a.target_id, a.no`;

/** $1 workspace, $2 targets. */
export const REPLACEMENTS = `
  select r.root_id as "rootId", r.id as "targetId", r.platform, a.display_name as account, r.status,
         r.published_at as "publishedAt", r.permalink
    from target r join account a on a.workspace_id = r.workspace_id and a.id = r.account_id
   where r.workspace_id = $1 and r.root_id = any($2::uuid[]) and r.role <> 'origin' and r.role <> 'fill'
   order by r.root_id, r.scheduled_at, r.id`;

/** $1 workspace, $2 targets, $3 opened, $4 ended. Three looks at most for each. */
export const COUNTERS = `
  select distinct on (m.target_id, span) m.target_id as "targetId",
         case when m.at < $3 then 'before' when m.at < $4 then 'during' else 'after' end as span,
         m.at, m.views::float8, m.likes::float8, m.comments::float8, m.suspect
    from target_metric m where m.workspace_id = $1 and m.target_id = any($2::uuid[])
   order by m.target_id, span, m.at desc`;

/** $1 workspace, $2 platform, $3 region, $4 opened, $5 and $6 after, $7 limit. */
export const EARLIER_POSTS = `
  select t.id as "targetId", ${TITLE} as title, a.display_name as account, t.published_at as "publishedAt",
         t.published_at::text as "sortKey"
    from target t join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and a.region = $3
   where t.workspace_id = $1 and t.platform = $2 and t.status = 'published'
     and t.published_at >= $4::timestamptz - interval '7 days' and t.published_at < $4
     and exists (select 1 from target_metric m where m.target_id = t.id)
     and ($5::timestamptz is null or (t.published_at, t.id) > ($5, $6::uuid))
   order by t.published_at, t.id limit $7`;
