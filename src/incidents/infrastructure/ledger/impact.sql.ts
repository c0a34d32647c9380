/** What became of the workspace's own targets of the platform, each once. $1 workspace, $2 incident. */
export const TARGETS = `
  with met as materialized (
    select t.id, t.status, t.late
      from (select distinct subject_id from incident_entry
             where incident_id = $2 and workspace_id = $1 and kind = 'decision') e
      join incident i on i.id = $2
      join target t on t.workspace_id = $1 and t.id = e.subject_id::uuid and t.platform = i.platform
       and t.role in ('origin', 'fill')
  ), elsewhere as (
    select r.platform, count(*) as planned, count(*) filter (where r.status = 'published') as live
      from met join target r on r.root_id = met.id and r.workspace_id = $1 and r.role = 'reroute' group by 1
  )
  select (select coalesce(jsonb_object_agg(status, count), '{}')
            from (select status, count(*) from met group by 1) s) as targets,
         (select count(*) from met)::int as "targetCount",
         (select count(*) from met where status = 'published' and late)::int as "lateCount",
         (select coalesce(jsonb_agg(jsonb_build_object('platform', platform, 'planned', planned, 'live', live)
                                    order by platform), '[]') from elsewhere) as elsewhere,
         (select count(*) from met join target_duplicate d on d.target_id = met.id
            and d.workspace_id = $1)::int as "duplicateCount"`;

/** $1 workspace, $2 incident. */
export const DECIDED = `
  select type, count(*)::int as count from incident_entry
   where incident_id = $2 and workspace_id = $1 and kind = 'decision' group by 1`;

/** $1 incident. */
export const SIGNALS = `
  select coalesce(sum((data ->> 'good')::int), 0)::int as good, coalesce(sum((data ->> 'bad')::int), 0)::int as bad,
         coalesce(sum((data ->> 'unknown')::int), 0)::int as unknown,
         min(at) filter (where (data ->> 'bad')::int + (data ->> 'unknown')::int > 0) as "firstBadAt"
    from incident_entry where incident_id = $1 and workspace_id is null and kind = 'signal'`;

/** $1 workspace, $2 incident. */
export const TOLD = `
  select coalesce(sum((data ->> 'told')::int), 0)::int as count
    from incident_entry where incident_id = $2 and workspace_id = $1 and kind = 'audience'`;
