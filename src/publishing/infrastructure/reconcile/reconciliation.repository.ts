import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { hasDoubtfulSibling } from './doubtful-sibling.js';
import { type CheckDue, Reconciliation } from '../../domain/reconcile/reconciliation.port.js';
import {
  ATTEMPT_COLUMNS,
  type AttemptRow,
  TARGET_COLUMNS,
  type TargetRow,
  toAttemptRecord,
  toTargetRecord,
} from '../targets/target.rows.js';

const CLAIM = `
  update target set next_check_at = clock_timestamp() + $2 * interval '1 ms'
   where id in (
     select id from target where next_check_at <= statement_timestamp()
      order by next_check_at limit $1 for update skip locked)
  returning id`;

/** The attempt in question: the open one, else the last (a live post whose link is still missing). */
const LOAD = `
  select ${TARGET_COLUMNS}, a.id as attempt_id
    from target t
    join lateral (
      select a.id from attempt a where a.target_id = t.id and a.purpose = 'publish'
       order by (a.state in ('armed', 'intended', 'processing', 'unknown')) desc, a.no desc limit 1
    ) a on true
   where t.id = any($1::uuid[])`;

@Injectable()
export class ReconciliationRepository extends Reconciliation {
  constructor(private readonly database: Database) {
    super();
  }

  async claim(limit: number, leaseMs: number): Promise<readonly CheckDue[]> {
    const claimed = await this.database.rows<{ id: string }>(CLAIM, [limit, leaseMs]);
    if (claimed.length === 0) return [];
    const rows = await this.database.rows<TargetRow & { attempt_id: string }>(LOAD, [claimed.map((row) => row.id)]);
    const attempts = await this.database.rows<AttemptRow>(
      `select ${ATTEMPT_COLUMNS} from attempt a where a.id = any($1::uuid[])`,
      [rows.map((row) => row.attempt_id)],
    );
    const byId = new Map(attempts.map((row) => [row.id, toAttemptRecord(row)]));
    return rows.flatMap((row) => {
      const attempt = byId.get(row.attempt_id);
      return attempt ? [{ target: toTargetRecord(row), attempt }] : [];
    });
  }

  async renew(targetIds: readonly string[], leaseMs: number): Promise<void> {
    await this.database.affected(
      `update target set next_check_at = clock_timestamp() + $2 * interval '1 ms'
        where id = any($1::uuid[]) and next_check_at < clock_timestamp() + $2 * interval '1 ms'`,
      [targetIds, leaseMs],
    );
  }

  async ownedPostIds(accountId: string, except: string): Promise<readonly string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `select platform_post_id as id from target
        where account_id = $1 and id <> $2 and platform_post_id is not null
          and coalesce(published_at, updated_at) > now() - interval '7 days'
        union select platform_post_id from target_duplicate where account_id = $1 and platform_post_id is not null`,
      [accountId, except],
    );
    return rows.map((row) => row.id);
  }

  hasDoubtfulSibling(target: TargetRecord, since: Date): Promise<boolean> {
    return hasDoubtfulSibling(this.database, target, since);
  }
}
