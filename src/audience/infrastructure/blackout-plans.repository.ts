import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { type BlackoutPlan, BlackoutPlans } from '../domain/blackout-plan.port.js';
import { ELIGIBLE } from './subscribers.sql.js';

/** Tags of a notice: none, it is for everyone. */
const EVERYONE: readonly string[] = [];

@Injectable()
export class BlackoutPlansRepository extends BlackoutPlans {
  constructor(private readonly database: Database) {
    super();
  }

  async of(workspaceId: WorkspaceId, platform: string): Promise<BlackoutPlan> {
    const found = await this.database.row<{ count: number; afterSeconds: number | null }>(
      `select (select count(*)::int from subscriber s where ${ELIGIBLE}) as count,
              (select r.broadcast_after_seconds from route r
                where r.workspace_id = $1 and r.platform in ('*', $3::text)
                  and (r.scope = 'workspace' or (r.scope = 'platform' and r.scope_id = $3::text))
                order by (r.scope = 'platform') desc, (r.platform <> '*') desc limit 1) as "afterSeconds"`,
      [workspaceId, EVERYONE, platform],
    );
    const afterSeconds = found?.afterSeconds ?? undefined;
    return {
      recipients: found?.count ?? 0,
      ...(afterSeconds === undefined ? {} : { sentAfterSeconds: afterSeconds }),
    };
  }
}
