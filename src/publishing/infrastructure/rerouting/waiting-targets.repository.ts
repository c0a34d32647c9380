import { Injectable } from '@nestjs/common';
import type { HealthPlace } from '../../../health/domain/health-place.js';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type ReroutedRoot, type UnplacedTarget, WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from '../targets/target.rows.js';

interface PlatformRegion {
  readonly platform: PlatformName;
  readonly region: string;
}

interface RootRow {
  readonly moved_at: Date;
  readonly is_moved_by_hand: boolean;
  readonly account_publishes: boolean;
  readonly is_stranded: boolean;
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** Another run of the post is still open on the account. */
const OPEN_BESIDE = `exists (select 1 from attempt o where o.post_id = t.post_id and o.account_id = t.account_id
  and o.purpose = 'publish' and o.state in ('armed', 'intended', 'processing', 'unknown'))`;

/** The order of a backlog (`backlog.policy.ts`): of what gets stale together, the evergreen goes last. */
const BACKLOG_ORDER = `t.stale_at, (select p.kind = 'evergreen' from post p where p.id = t.post_id), t.scheduled_at, t.id`;

/** In doubt, and nothing stands for it: no replacement, or one that failed. What a person took back stays taken back. */
const DOUBTFUL = `t.status = 'unconfirmed' and t.next_check_at is not null and t.role in ('origin', 'reroute')
  and t.stale_at > statement_timestamp()
  and not exists (select 1 from target r where r.id = t.replacement_id and r.status not in ('failed', 'missed'))`;

/** The first replacement of a run, refused; nothing came after it, and the run is not on its way home. */
const REFUSED = `t.status = 'failed' and t.role = 'reroute' and t.outcome = 'rejected' and t.replacement_id is null
  and t.stale_at > statement_timestamp()
  and exists (select 1 from target o where o.id = t.root_id and o.replacement_id = t.id and o.status = 'rerouted')
  and not exists (select 1 from target c where c.root_id = t.root_id and c.role = 'catch_up'
                     and c.status not in ('failed', 'missed', 'cancelled', 'rerouted'))`;

@Injectable()
export class WaitingTargetsRepository extends WaitingTargets {
  constructor(private readonly database: Database) {
    super();
  }

  async held(released: readonly PlatformRegion[], limit: number): Promise<readonly TargetRecord[]> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t join account a on a.id = t.account_id
        where t.status = 'held' and t.status in ('scheduled', 'held') and t.hold_reason not in ('overdue', 'approval')
          and (t.due_at <= statement_timestamp() and (t.hold_reason <> 'earlier_occurrence' or t.stale_at <= statement_timestamp())
               or (t.hold_reason = 'earlier_occurrence' and not ${OPEN_BESIDE})
               or (t.hold_reason = 'platform' and (t.platform, a.region) in (select * from unnest($1::text[], $2::text[]))))
        order by (t.due_at > statement_timestamp()), ${BACKLOG_ORDER} limit $3`,
      [released.map((item) => item.platform), released.map((item) => item.region), limit],
    );
    return rows.map(toTargetRecord);
  }

  heldRegions(): Promise<readonly PlatformRegion[]> {
    return this.database.rows<PlatformRegion>(
      `select distinct t.platform, a.region from target t join account a on a.id = t.account_id
        where t.status = 'held' and t.status in ('scheduled', 'held') and t.hold_reason = 'platform'`,
    );
  }

  async retries(
    places: readonly HealthPlace[],
    after: string | undefined,
    limit: number,
  ): Promise<readonly TargetRecord[]> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t join account a on a.id = t.account_id
        where t.status = 'scheduled' and t.tries > 0 and t.due_at > statement_timestamp() and t.id > $4
          and exists (select 1 from unnest($1::text[], $2::text[], $3::uuid[]) as d(platform, region, workspace_id)
                       where d.platform = t.platform and coalesce(d.region, a.region) = a.region
                         and coalesce(d.workspace_id, t.workspace_id) = t.workspace_id)
        order by t.id limit $5`,
      [
        places.map(({ platform }) => platform),
        places.map(({ region }) => region ?? null),
        places.map(({ workspaceId }) => workspaceId ?? null),
        after ?? NIL,
        limit,
      ],
    );
    return rows.map(toTargetRecord);
  }

  async ofPlatform(query: Parameters<WaitingTargets['ofPlatform']>[0], tx: Tx): Promise<readonly TargetRecord[]> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t join account a on a.id = t.account_id
        where t.workspace_id = $1 and t.platform = $2 and ($3::text is null or a.region = $3)
          and (t.status = 'held' or (t.status = 'scheduled' and t.due_at <= statement_timestamp() + $4 * interval '1 ms')
               or (${DOUBTFUL}))
        order by ${BACKLOG_ORDER} limit 1000`,
      [query.workspaceId, query.platform, query.region ?? null, query.withinMs],
      tx,
    );
    return rows.map(toTargetRecord);
  }

  unplaced(after: string | undefined, limit: number): Promise<readonly UnplacedTarget[]> {
    return this.database.rows<UnplacedTarget>(
      `(select t.id, 'unknown_outcome' as because from target t where ${DOUBTFUL} and t.id > $1 order by t.id limit $2)
       union all
       (select t.id, 'rejected' as because from target t where ${REFUSED} and t.id > $1 order by t.id limit $2)
        order by id limit $2`,
      [after ?? NIL, limit],
    );
  }

  async rerouted(limit: number, offset: number): Promise<readonly ReroutedRoot[]> {
    const rows = await this.database.rows<TargetRow & RootRow>(
      `select ${TARGET_COLUMNS}, t.updated_at as moved_at,
              exists (select 1 from target s where s.workspace_id = t.workspace_id and s.published_at > t.updated_at
                         and s.status = 'published' and s.account_id = t.account_id) as account_publishes,
              exists (select 1 from target_event e
                       where e.target_id = t.id and e.cause = 'rerouted_by_hand') as is_moved_by_hand,
              not exists (select 1 from target r where r.root_id = t.id and r.id <> t.id
                             and r.status not in ('failed', 'missed', 'rerouted')) as is_stranded
         from target t
        where t.status = 'rerouted' and t.role = 'origin' and t.stale_at > statement_timestamp()
          and not exists (select 1 from target c where c.occurrence_id = t.occurrence_id and c.account_id = t.account_id
                             and c.id <> t.id and c.status <> 'cancelled')
          and not exists (select 1 from attempt a where a.post_id = t.post_id and a.account_id = t.account_id
                             and a.state in ('armed', 'intended', 'processing', 'unknown'))
        order by ${BACKLOG_ORDER} limit $1 offset $2`,
      [limit, offset],
    );
    return rows.map((row) => ({
      ...toTargetRecord(row),
      movedAt: row.moved_at,
      accountPublishes: row.account_publishes,
      isMovedByHand: row.is_moved_by_hand,
      isStranded: row.is_stranded,
    }));
  }
}
