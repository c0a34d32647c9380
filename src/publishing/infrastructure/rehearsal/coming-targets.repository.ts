import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type ComingPage, type ComingPlace, ComingTargets } from '../../domain/rehearsal/coming-targets.port.js';
import type { ImaginedOutage } from '../../domain/rehearsal/rehearsal.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from '../targets/target.rows.js';

/** An average over less would follow every busy day. */
const USUAL_DAYS = 28;
const HOURS_PER_DAY = 24;
/** What an hour usually holds is read from the same hours of so many days. */
const WEEK_DAYS = 7;

/** One status at a time, so that the index by status gives the order. */
const MET = `from target t join account a on a.id = t.account_id
  where t.workspace_id = $1 and t.platform = $2 and ($3::text is null or a.region = $3)
    and t.scheduled_at < $4 and t.stale_at > $5`;

@Injectable()
export class ComingTargetsRepository extends ComingTargets {
  constructor(private readonly database: Database) {
    super();
  }

  async count(outage: ImaginedOutage, limit: number): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count
         from (select 1 ${MET} and t.status in ('held', 'scheduled') limit $6) found`,
      [...valuesOf(outage), limit],
    );
    return row?.count ?? 0;
  }

  async page(outage: ImaginedOutage, { status, after }: ComingPlace, limit: number): Promise<ComingPage> {
    const rows = await this.database.rows<TargetRow & { sort_key: string }>(
      `select ${TARGET_COLUMNS}, t.scheduled_at::text as sort_key ${MET} and t.status = $6
          and ($7::timestamptz is null or (t.scheduled_at, t.id) > ($7, $8::uuid))
        order by t.scheduled_at, t.id limit $9`,
      [...valuesOf(outage), status, after?.at ?? null, after?.id ?? null, limit],
    );
    const targets = rows.map(toTargetRecord);
    const last = rows.at(-1);
    if (last && rows.length === limit) return { targets, next: { status, after: { at: last.sort_key, id: last.id } } };
    return status === 'held' ? { targets, next: { status: 'scheduled' } } : { targets };
  }

  hourly(
    { workspaceId, from, until }: Pick<ImaginedOutage, 'workspaceId' | 'from' | 'until'>,
    accountIds: readonly string[],
  ): Promise<readonly { accountId: string; hour: Date; count: number }[]> {
    return this.database.rows(
      `select t.account_id as "accountId", date_trunc('hour', t.scheduled_at, 'UTC') as hour, count(*)::int as count
         from target t
        where t.workspace_id = $1 and t.account_id = any($2::uuid[]) and t.role in ('origin', 'fill')
          and t.status not in ('draft', 'cancelled')
          and t.scheduled_at >= $3::timestamptz - $5 * interval '1 day' and t.scheduled_at < $4
        group by 1, 2`,
      [workspaceId, accountIds, from, until, WEEK_DAYS],
    );
  }

  async usualPerHour(workspaceId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.rows<{ accountId: string; count: number }>(
      `select t.account_id as "accountId", count(*)::int as count from target t
        where t.workspace_id = $1 and t.account_id = any($2::uuid[]) and t.status = 'published'
          and t.scheduled_at > statement_timestamp() - $3 * interval '1 day' and t.scheduled_at <= statement_timestamp()
        group by 1`,
      [workspaceId, accountIds, USUAL_DAYS],
    );
    return new Map(rows.map(({ accountId, count }) => [accountId, count / (USUAL_DAYS * HOURS_PER_DAY)]));
  }
}

const valuesOf = ({ workspaceId, platform, region, from, until }: ImaginedOutage) => [
  workspaceId,
  platform,
  region ?? null,
  until,
  from,
];
