import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { Workspaces } from '../../../workspaces/index.js';
import { NoticePolicies } from '../../domain/notices/notice-policies.port.js';
import { writableAt } from '../../domain/notices/quiet-hours.js';
import { type QuietPlan, QuietPlans } from '../../domain/notices/quiet-plan.port.js';

@Injectable()
export class QuietPlansRepository extends QuietPlans {
  constructor(
    private readonly database: Database,
    private readonly policies: NoticePolicies,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(workspaceId: WorkspaceId, tx?: Tx): Promise<QuietPlan> {
    const now = this.clock.now();
    const { quietHours } = await this.policies.of(workspaceId, tx);
    if (!quietHours) return { otherwise: now, zones: [], notBefores: [] };
    const { timeZone } = await this.workspaces.get(workspaceId, tx);
    const zones = (await this.zonesOf(workspaceId, tx)).filter(isTimeZone);
    return {
      otherwise: writableAt(now, timeZone, quietHours),
      zones,
      notBefores: zones.map((zone) => writableAt(now, zone, quietHours)),
    };
  }

  private async zonesOf(workspaceId: WorkspaceId, tx?: Tx): Promise<string[]> {
    const rows = await this.database.rows<{ zone: string }>(
      'select distinct zone from subscriber where workspace_id = $1 and zone is not null',
      [workspaceId],
      tx,
    );
    return rows.map(({ zone }) => zone);
  }
}
