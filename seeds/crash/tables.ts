import type pg from 'pg';
import type * as rows from './checker/rows.ts';

const ms = (column: string, name: string): string => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

const TARGETS = `
  select id, workspace_id as "workspaceId", post_id as "postId", occurrence_id as "occurrenceId",
         account_id as "accountId", platform, role, root_id as "rootId", replacement_id as "replacementId", status,
         version, hold_reason as "holdReason", platform_post_id as "platformPostId",
         platform_handle as "platformHandle", outcome, error_detail as detail, content->>'caption' as caption,
         ${ms('scheduled_at', 'scheduledAt')}, ${ms('stale_at', 'staleAt')}, ${ms('next_check_at', 'nextCheckAt')},
         ${ms('hold_until', 'holdUntil')}, ${ms('published_at', 'publishedAt')}
    from target order by created_at, id`;

const ATTEMPTS = `
  select id, workspace_id as "workspaceId", target_id as "targetId", post_id as "postId", account_id as "accountId", no,
         version, fence::int, worker_id as "workerId", state, handle, ${ms('commit_started_at', 'commitStartedAt')},
         ${ms('call_deadline_at', 'callDeadlineAt')}, ${ms('outcome_at', 'outcomeAt')}, ${ms('created_at', 'createdAt')}
    from attempt where purpose = 'publish' order by created_at, no`;

const INTENTS = `
  select target_id as "targetId", version, fence::int, taken_by as "takenBy", ${ms('at', 'at')} from intent order by at`;

const EVENTS = `
  select target_id as "targetId", seq, from_status as "from", to_status as "to", cause, actor, ${ms('at', 'at')}
    from target_event order by target_id, seq`;

const ACCOUNTS = `
  select a.id, a.workspace_id as "workspaceId", p.platform, p.external_id as "externalId"
    from account a join platform_identity p on p.id = a.identity_id`;

const ROUTES = `
  select r.id, r.workspace_id as "workspaceId", scope, scope_id as "scopeId", platform,
         array(select f.account_id::text from route_fallback f where f.route_id = r.id order by position) as fallbacks
    from route r`;

const RECIPIENTS = `
  select r.broadcast_id as "broadcastId", r.workspace_id as "workspaceId", r.subscriber_id as "subscriberId", s.email,
         b.subject
    from broadcast_recipient r join broadcast b on b.id = r.broadcast_id join subscriber s on s.id = r.subscriber_id`;

/** Due for a while, and nobody has it: no lease, no wake-up, no hold that ends later. */
const IDLE = `
  select t.id as "targetId", t.version, ${ms('greatest(t.due_at, t.scheduled_at)', 'dueAt')} from target t
   where t.due_at < clock_timestamp() - interval '5 seconds'
     and (t.status = 'scheduled' or (t.status = 'held' and t.hold_until < clock_timestamp() - interval '5 seconds'))
     and not exists (select 1 from target_lease l where l.target_id = t.id)
     and not exists (select 1 from pgboss.job j where j.name = 'target-wake-up' and j.state in ('created', 'retry', 'active')
                        and (j.data->>'targetId')::uuid = t.id and (j.data->>'version')::int = t.version)`;

const STALE = `
  select t.id as "targetId", t.status, ${ms('t.stale_at', 'staleAt')}, ${ms('t.next_check_at', 'nextCheckAt')},
         (select ${ms('max(a.call_deadline_at)', 'until').replace(' as "until"', '')} from attempt a
           where a.target_id = t.id and a.state = 'intended') as "callDeadlineAt"
    from target t
   where t.stale_at < clock_timestamp() and t.status in ('scheduled', 'held', 'publishing', 'unconfirmed')`;

const OPEN = `
  select id as "attemptId", target_id as "targetId", post_id as "postId", account_id as "accountId" from attempt
   where purpose = 'publish' and state in ('armed', 'intended', 'processing', 'unknown')`;

const NOW = `select ${ms('clock_timestamp()', 'at')}`;

const all = async <T>(db: pg.Client, sql: string): Promise<readonly T[]> => (await db.query(sql)).rows as T[];

/** The tables as the checker wants them. */
export const readTables = async (db: pg.Client) => ({
  targets: await all<rows.TargetRow>(db, TARGETS),
  attempts: await all<rows.AttemptRow>(db, ATTEMPTS),
  intents: await all<rows.IntentRow>(db, INTENTS),
  events: await all<rows.EventRow>(db, EVENTS),
  accounts: await all<rows.AccountRow>(db, ACCOUNTS),
  posts: await all<rows.PostRow>(db, `select id, workspace_id as "workspaceId", tags from post`),
  routes: await all<rows.RouteRow>(db, ROUTES),
  recipients: await all<rows.RecipientRow>(db, RECIPIENTS),
  readAt: (await all<{ at: number }>(db, NOW))[0]?.at ?? 0,
});

/** A worker shows each second that it lives. */
const ALIVE = `
  select count(*)::int as workers from worker
   where gone_at is null and heartbeat_at > clock_timestamp() - interval '3 seconds'`;

/** One look in the middle of the run, after the one `before`. */
export const takeSnapshot = async (db: pg.Client, before: rows.Snapshot | undefined): Promise<rows.Snapshot> => {
  const [{ at } = { at: 0 }] = await all<{ at: number }>(db, NOW);
  const [{ workers } = { workers: 0 }] = await all<{ workers: number }>(db, ALIVE);
  return {
    at,
    aliveSince: workers > 0 ? (before?.aliveSince ?? at) : null,
    idle: await all<rows.Snapshot['idle'][number]>(db, IDLE),
    stale: await all<rows.StaleRow>(db, STALE),
    open: await all<rows.Snapshot['open'][number]>(db, OPEN),
  };
};
