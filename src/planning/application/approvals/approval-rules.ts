import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import type { ApprovalRule } from './approval-reader.js';

/** Where rules are kept. */
export abstract class ApprovalRules {
  /** The workspace's first, then the accounts'. */
  abstract list(workspaceId: WorkspaceId): Promise<readonly ApprovalRule[]>;
  abstract put(workspaceId: WorkspaceId, rule: ApprovalRule, tx: Tx): Promise<void>;
  /** @returns false when the account had none */
  abstract remove(workspaceId: WorkspaceId, accountId: string, tx: Tx): Promise<boolean>;
}

/**
 * Says where approval is needed: for the workspace, and for accounts that differ from it. A rule counts for what is
 * scheduled or changed from then on; what waits for an approval already goes on waiting when its rule ends.
 */
@Injectable()
export class SetApprovalRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: ApprovalRules,
    private readonly accounts: AccountDirectory,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `account.not_found` */
  put(workspaceId: WorkspaceId, rule: ApprovalRule, actor: string): Promise<ApprovalRule> {
    return this.unitOfWork.run(async (tx) => {
      if (rule.accountId !== null) await this.assertAccount(workspaceId, rule.accountId, tx);
      await this.rules.put(workspaceId, rule, tx);
      const subjectId = rule.accountId ?? workspaceId;
      const detail = { needsApproval: rule.needsApproval, onDeadline: rule.onDeadline };
      await this.audit.append({ workspaceId, actor, action: 'approval_rule.set', subjectId, detail }, tx);
      return rule;
    });
  }

  /** The account follows the workspace again. @throws DomainError `account.not_found` */
  remove(workspaceId: WorkspaceId, accountId: string, actor: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.assertAccount(workspaceId, accountId, tx);
      if (!(await this.rules.remove(workspaceId, accountId, tx))) return;
      await this.audit.append({ workspaceId, actor, action: 'approval_rule.removed', subjectId: accountId }, tx);
    });
  }

  private async assertAccount(workspaceId: WorkspaceId, accountId: string, tx: Tx): Promise<void> {
    const [account] = await this.accounts.find(workspaceId, [accountId], tx);
    if (!account) throw notFound('account', accountId);
  }
}
