import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type DrillTarget, type DrillTargetFilter, DrillTargets } from '../../domain/drills/drills.port.js';

type DrillTargetRow = Omit<DrillTarget, 'toAccountId' | 'hasFallback'> & {
  readonly toAccountId: string | null;
  readonly hasFallback: boolean | null;
};

@Injectable()
export class DrillTargetsRepository extends DrillTargets {
  constructor(private readonly database: Database) {
    super();
  }

  async list(
    workspaceId: WorkspaceId,
    drillId: string,
    { fate, limit, after }: DrillTargetFilter,
  ): Promise<readonly DrillTarget[]> {
    const rows = await this.database.rows<DrillTargetRow>(
      `select target_id as "targetId", account_id as "accountId", scheduled_at as "scheduledAt",
              scheduled_at::text as "sortKey", fate, at,
              to_account_id as "toAccountId", asks_broadcast as "asksBroadcast", has_fallback as "hasFallback", reasons
         from drill_target
        where workspace_id = $1 and drill_id = $2 and ($3::text is null or fate = $3)
          and ($4::timestamptz is null or (scheduled_at, target_id) > ($4, $5::uuid))
        order by scheduled_at, target_id limit $6`,
      [workspaceId, drillId, fate ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ toAccountId, hasFallback, ...row }) => ({
      ...row,
      ...(toAccountId === null ? {} : { toAccountId }),
      ...(hasFallback === null ? {} : { hasFallback }),
    }));
  }
}
