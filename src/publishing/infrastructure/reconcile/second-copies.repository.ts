import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { SecondCopies, type SecondCopy, type SecondLookDue } from '../../domain/reconcile/second-copies.port.js';
import {
  ATTEMPT_COLUMNS,
  type AttemptRow,
  TARGET_COLUMNS,
  type TargetRow,
  toAttemptRecord,
  toTargetRecord,
} from '../targets/target.rows.js';

interface LookRow {
  readonly attempt_id: string;
  readonly looks: number;
  readonly shares_handle: boolean;
  readonly other_is_open: boolean;
}

/** Old ones from before these looks existed are left alone. */
const PLAN = `
  update attempt set second_look_at = clock_timestamp() + $1 * interval '1 ms'
   where state = 'disproved' and second_looks = 0 and second_look_at is null
     and created_at > statement_timestamp() - interval '7 days'`;

const CLAIM = `
  update attempt set second_look_at = clock_timestamp() + $2 * interval '1 ms'
   where id in (
     select id from attempt where second_look_at <= statement_timestamp()
      order by second_look_at limit $1 for update skip locked)
  returning id`;

const LOAD = `
  select ${TARGET_COLUMNS}, a.id as attempt_id, a.second_looks as looks,
         exists (select 1 from attempt o where o.target_id = a.target_id and o.id <> a.id and o.handle = a.handle) as shares_handle,
         exists (select 1 from attempt o where o.target_id = a.target_id and o.id <> a.id
                    and o.state in ('armed', 'intended', 'processing', 'unknown')) as other_is_open
    from attempt a join target t on t.id = a.target_id
   where a.id = any($1::uuid[])`;

const KNOWN = `
  select platform_post_id as id from target where account_id = $1 and platform_post_id is not null
     and coalesce(published_at, updated_at) > now() - interval '7 days'
   union
  select platform_post_id from target_duplicate where account_id = $1 and platform_post_id is not null`;

/** What is known of it may grow: TikTok names a post later. */
const RECORD = `
  insert into target_duplicate (target_id, attempt_id, workspace_id, account_id, platform_post_id, permalink)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (target_id, attempt_id) do update
     set platform_post_id = coalesce(target_duplicate.platform_post_id, excluded.platform_post_id),
         permalink = coalesce(target_duplicate.permalink, excluded.permalink)
  returning xmax = 0 as is_new`;

/** Its status stays what it is: the history tells of the second copy. */
const TELL = `
  insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
  select t.id, (select coalesce(max(e.seq), 0) + 1 from target_event e where e.target_id = t.id), t.workspace_id,
         t.status, t.status, 'second_copy_found', $2, $3::jsonb
    from target t where t.id = $1`;

@Injectable()
export class SecondCopiesRepository extends SecondCopies {
  constructor(private readonly database: Database) {
    super();
  }

  async plan(inMs: number): Promise<void> {
    await this.database.affected(PLAN, [inMs]);
  }

  async claim(limit: number, leaseMs: number): Promise<readonly SecondLookDue[]> {
    const claimed = await this.database.rows<{ id: string }>(CLAIM, [limit, leaseMs]);
    if (claimed.length === 0) return [];
    const ids = claimed.map((row) => row.id);
    const rows = await this.database.rows<TargetRow & LookRow>(LOAD, [ids]);
    const attempts = await this.database.rows<AttemptRow>(
      `select ${ATTEMPT_COLUMNS} from attempt a where a.id = any($1::uuid[])`,
      [ids],
    );
    const byId = new Map(attempts.map((row) => [row.id, toAttemptRecord(row)]));
    return rows.flatMap((row) => {
      const attempt = byId.get(row.attempt_id);
      const { looks, shares_handle: sharesHandle, other_is_open: otherIsOpen } = row;
      return attempt ? [{ target: toTargetRecord(row), attempt, looks, sharesHandle, otherIsOpen }] : [];
    });
  }

  async plannedNext(attemptId: string, looks: number, inMs: number | undefined): Promise<void> {
    await this.database.affected(
      `update attempt set second_looks = $2, second_look_at = clock_timestamp() + $3::float8 * interval '1 ms'
        where id = $1`,
      [attemptId, looks, inMs ?? null],
    );
  }

  async knownPostIds(accountId: string): Promise<readonly string[]> {
    return (await this.database.rows<{ id: string }>(KNOWN, [accountId])).map((row) => row.id);
  }

  async record(copy: SecondCopy, actor: string, tx: Tx): Promise<boolean> {
    const { targetId, attemptId, workspaceId, accountId, platformPostId, permalink } = copy;
    const row = await this.database.row<{ is_new: boolean }>(
      RECORD,
      [targetId, attemptId, workspaceId, accountId, platformPostId ?? null, permalink ?? null],
      tx,
    );
    if (!row?.is_new) return false;
    const text = `Another copy is live on the account: ${permalink ?? platformPostId ?? 'its link is not known yet'}.`;
    await this.database.affected(TELL, [targetId, actor, JSON.stringify([{ code: 'second_copy', text }])], tx);
    return true;
  }
}
