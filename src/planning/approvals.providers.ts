import type { Provider } from '@nestjs/common';
import { ApprovalReader } from './application/approvals/approval-reader.js';
import { ApprovalRules, SetApprovalRules } from './application/approvals/approval-rules.js';
import { DecideOnPosts } from './application/approvals/decide-on-posts.js';
import { ApprovalRulesController } from './http/approvals/approval-rules.controller.js';
import { ApprovalsController } from './http/approvals/approvals.controller.js';
import { PostApprovalsController } from './http/approvals/post-approvals.controller.js';
import { ApprovalReaderRepository } from './infrastructure/approvals/approval-reader.repository.js';
import { ApprovalRulesRepository } from './infrastructure/approvals/approval-rules.repository.js';

export const APPROVAL_CONTROLLERS = [ApprovalsController, PostApprovalsController, ApprovalRulesController];

/** What people do about approvals. */
export const APPROVAL_PROVIDERS: Provider[] = [
  { provide: ApprovalReader, useClass: ApprovalReaderRepository },
  { provide: ApprovalRules, useClass: ApprovalRulesRepository },
  DecideOnPosts,
  SetApprovalRules,
];
