import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { RunMembers } from '../../domain/targets/run-members.port.js';
import type { RunMember } from '../../domain/targets/untouched-run.policy.js';

/** Together every status; each is an index by occurrence of its own. */
const STATUSES = [
  `t.status not in ('cancelled', 'missed', 'failed', 'rerouted')`,
  `t.status in ('missed', 'failed', 'rerouted')`,
  `t.status = 'cancelled'`,
];

const MEMBERS = STATUSES.map(
  (status) => `
  select t.id as "targetId", t.occurrence_id as "occurrenceId", o.planned_at as "plannedAt",
         t.spread_seconds as "spreadSeconds"
    from target t join occurrence o on o.workspace_id = t.workspace_id and o.id = t.occurrence_id
   where t.workspace_id = $1 and t.occurrence_id = any($2::uuid[]) and ${status}`,
).join(' union all ');

@Injectable()
export class RunMembersRepository extends RunMembers {
  constructor(private readonly database: Database) {
    super();
  }

  of(workspaceId: string, occurrenceIds: readonly string[], tx: Tx): Promise<readonly RunMember[]> {
    return this.database.rows<RunMember>(MEMBERS, [workspaceId, occurrenceIds], tx);
  }
}
