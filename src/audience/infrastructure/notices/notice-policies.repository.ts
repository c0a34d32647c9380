import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { NoticePolicies } from '../../domain/notices/notice-policies.port.js';
import {
  type AllClearMode,
  DEFAULT_NOTICE_POLICY,
  type NoticePolicy,
  type SendingMode,
  type StoredNoticePolicy,
} from '../../domain/notices/notice-policy.js';

const POLICY = `sending, at_once_without_fallback as "atOnceWithoutFallback", all_clear as "allClear",
  max_per_day as "maxPerDay", quiet_from as "quietFrom", quiet_until as "quietUntil", version`;

interface PolicyRow {
  readonly sending: SendingMode;
  readonly atOnceWithoutFallback: boolean;
  readonly allClear: AllClearMode;
  readonly maxPerDay: number;
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  readonly version: number;
}

@Injectable()
export class NoticePoliciesRepository extends NoticePolicies {
  constructor(private readonly database: Database) {
    super();
  }

  of(workspaceId: WorkspaceId, tx?: Tx): Promise<StoredNoticePolicy> {
    return this.read(workspaceId, '', tx);
  }

  async lock(workspaceId: WorkspaceId, tx: Tx): Promise<StoredNoticePolicy> {
    // Where there is no row yet there is nothing to lock but the workspace itself.
    await this.database.rows('select 1 from workspace where id = $1 for no key update', [workspaceId], tx);
    return this.read(workspaceId, 'for update', tx);
  }

  async save(workspaceId: WorkspaceId, policy: NoticePolicy, tx: Tx): Promise<StoredNoticePolicy> {
    const { sending, atOnceWithoutFallback, allClear, maxPerDay, quietHours } = policy;
    const row = await this.database.row<PolicyRow>(
      `insert into notice_policy as p (workspace_id, sending, at_once_without_fallback, all_clear, max_per_day,
                                       quiet_from, quiet_until)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (workspace_id) do update
          set sending = excluded.sending, at_once_without_fallback = excluded.at_once_without_fallback,
              all_clear = excluded.all_clear, max_per_day = excluded.max_per_day, quiet_from = excluded.quiet_from,
              quiet_until = excluded.quiet_until, version = p.version + 1, updated_at = now()
       returning ${POLICY}`,
      [
        workspaceId,
        sending,
        atOnceWithoutFallback,
        allClear,
        maxPerDay,
        quietHours?.from ?? null,
        quietHours?.until ?? null,
      ],
      tx,
    );
    return row ? toPolicy(row) : DEFAULT_NOTICE_POLICY;
  }

  private async read(workspaceId: WorkspaceId, lock: '' | 'for update', tx?: Tx): Promise<StoredNoticePolicy> {
    const row = await this.database.row<PolicyRow>(
      `select ${POLICY} from notice_policy where workspace_id = $1 ${lock}`,
      [workspaceId],
      tx,
    );
    return row ? toPolicy(row) : DEFAULT_NOTICE_POLICY;
  }
}

const toPolicy = ({ quietFrom, quietUntil, ...policy }: PolicyRow): StoredNoticePolicy => ({
  ...policy,
  ...(quietFrom === null || quietUntil === null ? {} : { quietHours: { from: quietFrom, until: quietUntil } }),
});
