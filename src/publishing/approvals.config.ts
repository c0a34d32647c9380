import type { Provider } from '@nestjs/common';
import { AskApproval } from './application/approvals/ask-approval.js';
import { DecideApprovals } from './application/approvals/decide-approvals.js';
import { ExpireApprovals } from './application/approvals/expire-approvals.js';
import { WriteVerdicts } from './application/approvals/write-verdicts.js';
import { Approvals } from './domain/approvals/approvals.port.js';
import { ApprovalsRepository } from './infrastructure/approvals/approvals.repository.js';
import { ApprovalsJob } from './jobs/approvals/approvals.job.js';

/** What holds targets until a person has approved them. */
export const approvalProviders: Provider[] = [
  { provide: Approvals, useClass: ApprovalsRepository },
  ApprovalsJob,
  AskApproval,
  DecideApprovals,
  ExpireApprovals,
  WriteVerdicts,
];
