import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { ApprovalRule } from '../../application/approvals/approval-reader.js';
import { ApprovalRules } from '../../application/approvals/approval-rules.js';

@Injectable()
export class ApprovalRulesRepository extends ApprovalRules {
  constructor(private readonly database: Database) {
    super();
  }

  list(workspaceId: WorkspaceId): Promise<readonly ApprovalRule[]> {
    return this.database.rows<ApprovalRule>(
      `select account_id as "accountId", needs_approval as "needsApproval", on_deadline as "onDeadline"
         from approval_rule where workspace_id = $1 order by account_id nulls first`,
      [workspaceId],
    );
  }

  async put(workspaceId: WorkspaceId, { accountId, needsApproval, onDeadline }: ApprovalRule, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into approval_rule (id, workspace_id, account_id, needs_approval, on_deadline) values ($1, $2, $3, $4, $5)
       on conflict (workspace_id, account_id) do update
         set needs_approval = excluded.needs_approval, on_deadline = excluded.on_deadline, changed_at = now()`,
      [newId(), workspaceId, accountId, needsApproval, onDeadline],
      tx,
    );
  }

  async remove(workspaceId: WorkspaceId, accountId: string, tx: Tx): Promise<boolean> {
    const sql = `delete from approval_rule where workspace_id = $1 and account_id = $2`;
    return (await this.database.affected(sql, [workspaceId, accountId], tx)) > 0;
  }
}
