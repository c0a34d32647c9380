const COLUMNS = `incident_id, source_key, id, workspace_id, at, kind, type, subject_id, actor, text, data`;

/** $1 incident, $2 drafts. */
export const APPEND = `
  insert into incident_entry (${COLUMNS})
  select $1, d.source_key, d.id, d.workspace_id, d.at, d.kind, d.type, d.subject_id, d.actor, d.text, d.data
    from jsonb_to_recordset($2::jsonb) as d(source_key text, id uuid, workspace_id uuid, at timestamptz, kind text,
         type text, subject_id text, actor text, text text, data jsonb)
   where exists (select 1 from incident where id = $1)
  on conflict (incident_id, source_key) do nothing`;

/** $1 drafts, $2 ms; then how the incidents are found. */
const ofTargets = (incidents: string): string => `
  with said as (
    select d.*, t.platform, t.role, t.root_id, a.region
      from jsonb_to_recordset($1::jsonb) as d(source_key text, id uuid, workspace_id uuid, at timestamptz, kind text,
           type text, subject_id text, actor text, text text, data jsonb, target_id uuid)
      join target t on t.workspace_id = d.workspace_id and t.id = d.target_id
      join account a on a.workspace_id = t.workspace_id and a.id = t.account_id
  )
  insert into incident_entry (${COLUMNS})
  select f.incident_id, s.source_key, s.id, s.workspace_id, s.at, s.kind, s.type, s.subject_id, s.actor, s.text,
         s.data || jsonb_build_object('role', s.role, 'rootId', s.root_id, 'region', s.region)
    from said s cross join lateral (${incidents}) f
  on conflict (incident_id, source_key) do nothing`;

/** To the incidents that the target's platform was in; what went well before the opening met nothing. */
export const APPEND_BY_PLACE = ofTargets(`
  select i.id as incident_id from incident i
   where i.platform = s.platform and i.region = s.region and i.opened_at - $2 * interval '1 ms' <= s.at
     and (i.opened_at <= s.at or s.type <> 'post.published')
     and (i.closed_at is null or i.closed_at >= s.at)`);

/** To the incidents that the target itself or the one it stands for has met. */
export const APPEND_BY_RUN = ofTargets(`
  select distinct e.incident_id from incident_entry e
   where e.workspace_id = s.workspace_id and e.kind = 'decision'
     and e.subject_id in (s.target_id::text, s.root_id::text) and e.at >= s.at - $2 * interval '1 ms'`);

/** $1 drafts of one platform, $2 platform, $3 region or null, $4 lead in ms. */
export const APPEND_OF_PLATFORM = `
  insert into incident_entry (${COLUMNS})
  select i.id, d.source_key, d.id, d.workspace_id, d.at, d.kind, d.type, d.subject_id, d.actor, d.text, d.data
    from jsonb_to_recordset($1::jsonb) as d(source_key text, id uuid, workspace_id uuid, at timestamptz, kind text,
         type text, subject_id text, actor text, text text, data jsonb)
    join incident i on i.platform = $2 and ($3::text is null or i.region = $3)
     and i.opened_at - $4 * interval '1 ms' <= d.at
     and (i.closed_at is null or i.closed_at >= d.at)
  on conflict (incident_id, source_key) do nothing`;

/** Changes of health with their evidence, as the detector stored them. */
export const COPY_TRANSITIONS = `
  insert into incident_entry (${COLUMNS})
  select t.incident_id, 'transition|' || t.id, gen_random_uuid(), null, t.at, 'transition', t.to_state,
         t.platform || '|' || t.region, null,
         t.capability || ' went from ' || t.from_state || ' to ' || t.to_state || '. ' || t.reason,
         jsonb_build_object('capability', t.capability, 'from', t.from_state, 'to', t.to_state, 'reason', t.reason,
           'statistic', t.statistic, 'samples', t.samples, 'thresholds', t.thresholds, 'configHash', t.config_hash)
    from transition t where t.incident_id = any($1::uuid[])
   order by t.id
  on conflict (incident_id, source_key) do nothing`;

/** $1 incident, $2 platform, $3 region, $4 from, $5 to. */
export const COPY_NEWS = `
  insert into incident_entry (${COLUMNS})
  select $1::uuid, 'feed|' || f.id, f.id, null, f.seen_at, 'advisory', f.severity, f.source, null, f.source || ': ' || f.summary,
         jsonb_build_object('source', f.source, 'region', f.region, 'severity', f.severity, 'until', f.until)
    from feed_evidence f
   where f.platform = $2 and (f.region is null or f.region = $3) and f.seen_at >= $4 and f.seen_at < $5
  on conflict (incident_id, source_key) do nothing`;

export const RECIPIENTS = `
  select broadcast_id as "broadcastId", count(*) filter (where state = 'accepted')::int as told,
         count(*) filter (where state in ('failed', 'suppressed', 'unknown'))::int as failed
    from broadcast_recipient where broadcast_id = any($1::uuid[]) group by 1`;

const ENTRY = `id, at, at::text as "sortKey", kind, type, workspace_id as "workspaceId", subject_id as "subjectId", actor,
  text, data`;

const page = (whose: string): string => `(
  select ${ENTRY} from incident_entry where incident_id = $2 and ${whose} and ($3::text[] is null or kind = any($3))
     and ($4::timestamptz is null or (at, id) > ($4, $5::uuid))
   order by incident_entry.at, incident_entry.id limit $6)`;

/** $1 workspace, $2 incident, $3 kinds, $4 and $5 after, $6 limit. */
export const LIST = `
  select * from (${page('workspace_id = $1')} union all ${page('workspace_id is null')}) e order by e.at, e.id limit $6`;

/** Decisions about one target, by their own index. $1 workspace, $2 incident, $3 target, $4 and $5 after, $6 limit. */
export const LIST_OF_TARGET = `
  select ${ENTRY} from incident_entry
   where workspace_id = $1 and incident_id = $2 and kind = 'decision' and subject_id = $3
     and ($4::timestamptz is null or (at, id) > ($4, $5::uuid))
   order by incident_entry.at, incident_entry.id limit $6`;
