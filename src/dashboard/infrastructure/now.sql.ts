import { FIRST_ROWS, NEARLY_USED_RATIO, NOW_LISTS, type NowList, SLOT_DAYS } from '../domain/now.js';

const TODAY = `date_trunc('day', now() at time zone $2) at time zone $2`;

/**
 * What was due longer ago has neither waited nor ended today. Both ends of a span are said: one alone looks like half of
 * the table, and the table would be read from end to end.
 */
const LONG_AGO = `interval '8 days'`;

interface ListSql {
  readonly statuses: readonly string[];
  readonly also?: string;
  readonly order: string;
}

/** $1 workspace, $2 zone. Every list walks its part of `target_by_status`; spans of time keep it short. */
const LISTS: Readonly<Record<NowList, ListSql>> = {
  due: {
    statuses: ['scheduled', 'publishing'],
    also: `t.scheduled_at > now() - ${LONG_AGO} and t.scheduled_at < now() + interval '24 hours'`,
    order: 't.scheduled_at, t.id',
  },
  held: { statuses: ['held'], order: 't.scheduled_at, t.id' },
  rerouted: {
    statuses: ['rerouted'],
    also: `t.scheduled_at > now() - interval '24 hours' and t.scheduled_at < now() + interval '24 hours'`,
    order: 't.scheduled_at desc, t.id desc',
  },
  unconfirmed: { statuses: ['unconfirmed'], order: 't.scheduled_at, t.id' },
  needsDecision: { statuses: ['needs_decision'], order: 't.scheduled_at, t.id' },
  failedToday: {
    statuses: ['failed', 'missed'],
    also: `t.scheduled_at > now() - ${LONG_AGO} and t.updated_at >= ${TODAY}`,
    order: 't.scheduled_at desc, t.id desc',
  },
};

const where = ({ also }: ListSql, status: string): string =>
  `t.workspace_id = $1 and t.status = '${status}'${also === undefined ? '' : ` and ${also}`}`;

const countOf = (name: NowList): string =>
  LISTS[name].statuses
    .map((status) => `(select count(*)::int from target t where ${where(LISTS[name], status)})`)
    .join(' + ');

const firstOf = (name: NowList): string => {
  const { statuses, order } = LISTS[name];
  const parts = statuses.map(
    (status) =>
      `(select t.id, t.scheduled_at from target t where ${where(LISTS[name], status)} order by ${order} limit ${FIRST_ROWS})`,
  );
  return `(select '${name}' as list, t.id, row_number() over (order by ${order}) as place
     from (${parts.join(' union all ')}) t order by ${order} limit ${FIRST_ROWS})`;
};

/** So that a list without a zone takes it all the same: a parameter that is never named has no type. */
const ZONE = `$2::text as zone`;

export const COUNTS = `select ${NOW_LISTS.map((name) => `${countOf(name)} as "${name}"`).join(', ')}, ${ZONE}`;

export const TARGETS = `
  with first as (${NOW_LISTS.map(firstOf).join(' union all ')})
  select f.list, ${ZONE}, t.id, t.post_id as "postId", left(coalesce(t.content ->> 'caption', ''), 140) as caption,
         t.platform, t.account_id as "accountId", a.display_name as "accountName", t.role, t.status,
         t.scheduled_at as "scheduledAt", t.stale_at as "staleAt", t.hold_reason as "holdReason",
         t.hold_until as "holdUntil", t.next_check_at as "nextCheckAt", t.permalink,
         t.error_category as "errorCategory", t.error_detail as "errorDetail",
         r.id as "replacementId", r.platform as "replacementPlatform", r.status as "replacementStatus",
         r.permalink as "replacementPermalink", ra.display_name as "replacementAccountName"
    from first f
    join target t on t.workspace_id = $1 and t.id = f.id
    join account a on a.workspace_id = $1 and a.id = t.account_id
    left join target r on r.workspace_id = $1 and r.id = t.replacement_id
    left join account ra on ra.workspace_id = $1 and ra.id = r.account_id
   order by f.list, f.place`;

/** $1 workspace. Queues with their times, accounts, and the places of the days ahead that carry a run. */
export const QUEUES = `
  select q.id, q.name, q.zone, q.blackouts, q.seasons,
         coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'platform', a.platform,
                                                       'isPaused', a.status <> 'active') order by qa.position)
                     from queue_account qa join account a on a.workspace_id = qa.workspace_id and a.id = qa.account_id
                    where qa.queue_id = q.id and a.status <> 'disconnected'), '[]') as accounts,
         coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'isoDay', s.iso_day, 'time', s.time,
                                                       'categories', s.categories) order by s.iso_day, s.time)
                     from slot s where s.queue_id = q.id and s.removed_at is null), '[]') as slots,
         array(select r.slot_id || '|' || r.local_date from slot_reservation r
                where r.queue_id = q.id and r.slot_at >= now() - interval '1 day'
                  and r.slot_at < now() + interval '${SLOT_DAYS + 1} days') as taken
    from queue q where q.workspace_id = $1 and q.deleted_at is null and q.paused_at is null`;

export const ACCOUNTS = `
  select id, display_name as name, platform, region, status, status_reason as "statusReason"
    from account where workspace_id = $1 and status <> 'disconnected' order by platform, display_name, id`;

/** An account's own windows, and those of our whole app on its platforms; a reported cap counts as used up. */
export const QUOTAS = `
  with mine as (
    select id, display_name, platform from account where workspace_id = $1 and status <> 'disconnected'
  ), held as (
    select 'account' as scope, id::text as scope_id, id, display_name, platform from mine
    union all
    select distinct 'app', platform, null::uuid, null, platform from mine
  )
  select h.id as "accountId", h.display_name as "accountName", h.platform, q.scope, q.kind, q.limit_n as limit, q.used,
         greatest(q.resets_at, q.says_until) as "resetsAt"
    from held h join quota_window q on q.scope = h.scope and q.scope_id = h.scope_id
   where q.window_start <= now() and greatest(q.resets_at, q.says_until) > now()
     and (q.kind = 'reported' or q.used >= ${NEARLY_USED_RATIO} * q.limit_n)
   order by q.scope, h.platform, h.display_name, q.kind`;

export const BROADCASTS = `
  select b.id, b.kind, (select i.platform from incident i where i.id = b.incident_id) as platform, b.subject, b.status, b.frozen_at as "startedAt", n.recipients, n.done, n.failed
    from broadcast b cross join lateral (
      select count(*)::int as recipients,
             count(*) filter (where r.state in ('accepted', 'failed', 'suppressed', 'unknown'))::int as done,
             count(*) filter (where r.state = 'failed')::int as failed
        from broadcast_recipient r where r.broadcast_id = b.id
    ) n
   where b.workspace_id = $1 and b.status in ('sending', 'paused') order by b.created_at desc, b.id desc
   limit ${FIRST_ROWS}`;
