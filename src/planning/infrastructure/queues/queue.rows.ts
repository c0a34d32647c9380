import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { DateRange, IsoDay, QueueOrder, Season } from '../../domain/queues/queue.js';
import type { StoredQueue } from '../../domain/queues/queues.port.js';

export interface QueueRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly zone: string;
  readonly order: QueueOrder;
  readonly seed: number;
  readonly weighsViews: boolean;
  readonly minGapSeconds: number;
  readonly dailyCap: number | null;
  readonly blackouts: readonly DateRange[];
  readonly seasons: readonly Season[];
  readonly pausedAt: Date | null;
  readonly pauseReason: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly accounts: readonly { readonly id: string; readonly platform: PlatformName; readonly status: string }[];
  readonly slots: readonly { id: string; isoDay: IsoDay; time: string; categories: readonly string[] }[];
  readonly at: string;
}

/** A queue with its accounts and weekly times; deleted ones are left out. */
export const SELECT_QUEUE = `
select q.id, q.workspace_id as "workspaceId", q.name, q.zone, q.pick_order as "order", q.seed,
       q.weighs_views as "weighsViews", q.min_gap_seconds as "minGapSeconds", q.daily_cap as "dailyCap", q.blackouts,
       q.seasons, q.paused_at as "pausedAt", q.pause_reason as "pauseReason", q.version, q.created_at as "createdAt",
       q.updated_at as "updatedAt", q.created_at::text as at,
       coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'platform', a.platform, 'status', a.status)
                                  order by qa.position)
                   from queue_account qa join account a on a.workspace_id = qa.workspace_id and a.id = qa.account_id
                  where qa.queue_id = q.id), '[]') as accounts,
       coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'isoDay', s.iso_day, 'time', s.time,
                                                     'categories', s.categories) order by s.iso_day, s.time)
                   from slot s where s.queue_id = q.id and s.removed_at is null), '[]') as slots
  from queue q
 where q.deleted_at is null`;

export const toQueue = (row: QueueRow): StoredQueue => ({
  id: row.id,
  workspaceId: row.workspaceId,
  name: row.name,
  zone: row.zone,
  order: row.order,
  seed: row.seed,
  weighsViews: row.weighsViews,
  minGapSeconds: row.minGapSeconds,
  ...(row.dailyCap === null ? {} : { dailyCap: row.dailyCap }),
  blackouts: row.blackouts,
  seasons: row.seasons,
  isPaused: row.pausedAt !== null,
  ...(row.pausedAt === null ? {} : { pausedAt: row.pausedAt }),
  ...(row.pauseReason === null ? {} : { pauseReason: row.pauseReason }),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  accountIds: row.accounts.map(({ id }) => id),
  // One that waits for its owner's word is planned on: its route says what happens if the word does not come.
  accounts: row.accounts
    .filter(({ status }) => status !== 'disconnected')
    .map(({ id, platform, status }) => ({ id, platform, ...(status === 'paused' ? { isPaused: true } : {}) })),
  slots: row.slots,
});
