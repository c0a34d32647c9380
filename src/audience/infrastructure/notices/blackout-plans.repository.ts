import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type BlackoutPlan, BlackoutPlans } from '../../domain/notices/blackout-plan.port.js';
import { reachable } from '../lists/reach.sql.js';
import { letGoAfter } from './notices.sql.js';

@Injectable()
export class BlackoutPlansRepository extends BlackoutPlans {
  constructor(private readonly database: Database) {
    super();
  }

  async of(workspaceId: WorkspaceId, platform: string): Promise<BlackoutPlan> {
    const found = await this.database.row<{ count: number; afterSeconds: number | null }>(
      `select (select count(*)::int from subscriber s
                where s.workspace_id = $1 and (${reachable('email', `'outages'`)})) as count,
              ${letGoAfter('$1::uuid', '$2::text')} as "afterSeconds"`,
      [workspaceId, platform],
    );
    const afterSeconds = found?.afterSeconds ?? undefined;
    return {
      recipients: found?.count ?? 0,
      ...(afterSeconds === undefined ? {} : { sentAfterSeconds: afterSeconds }),
    };
  }
}
