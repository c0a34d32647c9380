import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/** A moment of the database: which transactions were over, and under which run of the server. */
export interface Moment {
  readonly snapshot: string;
  readonly server: string;
  /** The transaction that looked, if it had a number: not over, though its own snapshot may count it so. */
  readonly looker: string | null;
}

/** What happened to the evergreen posts of a workspace since a moment. */
export interface ChangedSince {
  readonly now: Moment;
  /** `all`: nobody can say, or rules of a category changed. */
  readonly postIds: readonly string[] | 'all';
  /** The asking transaction changed some itself: what it sees may never come true. */
  readonly isOwn: boolean;
}

/** $1 workspace, $2 the snapshot then (null: none), $3 who looked then. */
const SINCE = `
select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server,
       pg_current_xact_id_if_assigned()::text as looker,
       exists (select 1 from planning_change c
                where c.workspace_id = $1 and c.xid = pg_current_xact_id_if_assigned()) as "isOwn",
       coalesce((select array_agg(distinct c.post_id::text) from planning_change c
                  where c.workspace_id = $1 and c.xid >= pg_snapshot_xmin($2::pg_snapshot)
                    and (not pg_visible_in_snapshot(c.xid, $2::pg_snapshot) or c.xid = $3::xid8)), '{}') as "postIds"`;

type SinceRow = Moment & { readonly isOwn: boolean; readonly postIds: readonly (string | null)[] };

/** Notes of triggers about evergreen posts that changed; read here alone. */
@Injectable()
export class PlanningChanges {
  constructor(private readonly database: Database) {}

  /** Everything committed since `then`, and what `tx` did itself. Valid while notes are kept (`forget`). */
  async since(workspaceId: WorkspaceId, then: Moment | undefined, tx?: Tx): Promise<ChangedSince> {
    const asked = [workspaceId, then?.snapshot ?? null, then?.looker ?? null];
    const row = await this.database.row<SinceRow>(SINCE, asked, tx);
    if (!row) throw new Error('The database answered no snapshot.');
    const { postIds, isOwn, ...now } = row;
    const known = postIds.filter((id) => id !== null);
    // After a restart the server may be another, or an older one: its transactions have other numbers.
    const isAll = then?.server !== now.server || known.length < postIds.length;
    return { now, isOwn, postIds: isAll ? 'all' : known };
  }

  /** @returns how many notes older than `keepMs` were deleted */
  forget(keepMs: number): Promise<number> {
    return this.database.affected(`delete from planning_change where at < clock_timestamp() - $1 * interval '1 ms'`, [
      keepMs,
    ]);
  }
}
