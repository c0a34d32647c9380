import { OPENABLE, TITLE } from '../../../audience/index.js';

export const PAGE = `
select id, name as "workspaceName", brand_color as "brandColor", date_trunc('minute', statement_timestamp()) as "asOf"
  from workspace where status_slug = $1`;

export const PLATFORMS = `
select platform, region from account where workspace_id = $1 and status <> 'disconnected'
 group by platform, region order by min(created_at), platform, region`;

/** Runs that went to another platform than planned, with every copy of them that readers can open. */
export const COPIES = `
with runs as (
  select t.occurrence_id, max(t.scheduled_at) as at from target t
   where t.workspace_id = $1 and t.role = 'reroute' and ${OPENABLE}
     and t.scheduled_at > statement_timestamp() - interval '7 days'
   group by t.occurrence_id order by at desc, t.occurrence_id desc limit 12
)
select t.occurrence_id as "occurrenceId", t.platform, t.permalink as url, t.published_at as "publishedAt",
       ${TITLE} as title, o.platform as "insteadOf"
  from runs
  join target t on t.workspace_id = $1 and t.occurrence_id = runs.occurrence_id and ${OPENABLE}
  left join target o on o.workspace_id = $1 and o.id = t.root_id and t.role = 'reroute' and o.platform <> t.platform
 order by runs.at desc, t.occurrence_id, t.published_at, t.id`;

/** Trouble of the places where the workspace posted then, newest first. */
export const INCIDENTS = `
select i.id, i.platform, i.worst_state as "worstState",
       i.opened_at as "openedAt", i.closed_at as "closedAt"
  from incident i
 where i.opened_at > statement_timestamp() - interval '90 days'
   and exists (select 1 from account a
                where a.workspace_id = $1 and a.platform = i.platform and a.region = i.region
                  and a.status <> 'disconnected' and a.created_at < coalesce(i.closed_at, 'infinity'))
 order by i.opened_at desc, i.id desc limit 20`;

export const UPDATES = `
select id, incident_id as "incidentId", feature, status, text, at from incident_update
 where incident_id = any($2) and (workspace_id = $1 or workspace_id is null)
 order by incident_update.at desc, id desc limit 200`;

/** Of each language the oldest form; forms that ask for news of outages go first. */
export const SIGN_UPS = `
select "formId", language, "consentText", "smsConsentText" from (
  select distinct on (split_part(language, '-', 1)) id as "formId", language, consent_text as "consentText",
         sms_consent_text as "smsConsentText", created_at, 'outages' = any(topics) as asks
    from sign_up_form where workspace_id = $1 and is_active
   order by split_part(language, '-', 1), 'outages' = any(topics) desc, created_at, id
) form order by asks desc, created_at, "formId"`;
