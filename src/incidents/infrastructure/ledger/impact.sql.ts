/** Roots of the workspace that met the incident. $1 workspace, $2 incident. */
const MET = `
  select distinct t.id, t.status, t.late, t.platform from incident_entry e
    join incident i on i.id = e.incident_id
    join target t on t.workspace_id = e.workspace_id and t.id = e.subject_id::uuid and t.platform = i.platform
     and t.role in ('origin', 'fill')
   where e.incident_id = $2 and e.workspace_id = $1 and e.kind = 'decision'`;

export const TARGETS = `
  with met as (${MET})
  select status, count(*)::int as count, count(*) filter (where status = 'published' and late)::int as late
    from met group by 1`;

export const DECIDED = `
  select type, count(*)::int as count from incident_entry
   where incident_id = $2 and workspace_id = $1 and kind = 'decision' group by 1`;

export const ELSEWHERE = `
  with met as (${MET})
  select r.platform, count(*)::int as planned, count(*) filter (where r.status = 'published')::int as live
    from met join target r on r.root_id = met.id and r.workspace_id = $1 and r.role = 'reroute' group by 1 order by 1`;

export const DUPLICATES = `
  with met as (${MET})
  select count(*)::int as count from met join target_duplicate d on d.target_id = met.id and d.workspace_id = $1`;

export const SIGNALS = `
  select coalesce(sum((data ->> 'good')::int), 0)::int as good, coalesce(sum((data ->> 'bad')::int), 0)::int as bad,
         coalesce(sum((data ->> 'unknown')::int), 0)::int as unknown,
         min(at) filter (where (data ->> 'bad')::int + (data ->> 'unknown')::int > 0) as "firstBadAt"
    from incident_entry where incident_id = $1 and workspace_id is null and kind = 'signal'`;

export const TOLD = `
  select coalesce(sum((data ->> 'told')::int), 0)::int as count
    from incident_entry where incident_id = $2 and workspace_id = $1 and kind = 'audience'`;
