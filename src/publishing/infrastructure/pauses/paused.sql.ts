/** Conditions over a target `t`, for statements that must not pass by a kill switch. */

const NO_PAUSE = `not exists (select 1 from pause z where (z.workspace_id is null or z.workspace_id = t.workspace_id)
       and (z.platform is null or z.platform = t.platform))`;
const POST_RUNS = `not exists (select 1 from post z where z.id = t.post_id and z.paused_at is not null)`;
const ACCOUNT_RUNS = `not exists (select 1 from account z where z.id = t.account_id and z.status = 'paused')`;

/** No switch of its post, platform or workspace; for statements that join the active account anyway. */
export const NOT_SWITCHED_OFF = `${NO_PAUSE}
   and ${POST_RUNS}`;

/** No switch at all. */
export const NOT_PAUSED = `${NOT_SWITCHED_OFF}
   and ${ACCOUNT_RUNS}`;

/** The switch that stops a target, the widest first: one row `why (scope, reason)`, or none. Join it laterally. */
export const WHY_PAUSED = `lateral (
    (select case when z.platform is null then 'workspace' else 'platform' end as scope, z.reason
       from pause z where (z.workspace_id is null or z.workspace_id = t.workspace_id)
                      and (z.platform is null or z.platform = t.platform)
      order by z.workspace_id nulls first, z.platform nulls first limit 1)
    union all
    select 'account', z.status_reason from account z where z.id = t.account_id and z.status = 'paused'
    union all
    select 'post', z.pause_reason from post z where z.id = t.post_id and z.paused_at is not null
    limit 1
  ) why`;
