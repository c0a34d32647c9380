import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { ApprovalReader } from './application/approvals/approval-reader.js';
import { ApprovalRules, SetApprovalRules } from './application/approvals/approval-rules.js';
import { DecideOnPosts } from './application/approvals/decide-on-posts.js';
import { GatherApprovalNews } from './application/approvals/gather-approval-news.js';
import { SendApprovalMails } from './application/approvals/send-approval-mails.js';
import { ApprovalMailer, ApprovalMails } from './domain/approvals/approval-mails.port.js';
import { ApprovalRulesController } from './http/approvals/approval-rules.controller.js';
import { ApprovalsController } from './http/approvals/approvals.controller.js';
import { PostApprovalsController } from './http/approvals/post-approvals.controller.js';
import { ApprovalMailsRepository } from './infrastructure/approvals/approval-mails.repository.js';
import { ApprovalReaderRepository } from './infrastructure/approvals/approval-reader.repository.js';
import { ApprovalRulesRepository } from './infrastructure/approvals/approval-rules.repository.js';
import { SmtpApprovalMailer } from './infrastructure/approvals/smtp-approval-mailer.js';
import { ApprovalMailsJob } from './jobs/approvals/approval-mails.job.js';

export const APPROVAL_CONTROLLERS = [ApprovalsController, PostApprovalsController, ApprovalRulesController];

/** What people do about approvals. */
export const APPROVAL_PROVIDERS: Provider[] = [
  { provide: ApprovalReader, useClass: ApprovalReaderRepository },
  { provide: ApprovalRules, useClass: ApprovalRulesRepository },
  { provide: ApprovalMails, useClass: ApprovalMailsRepository },
  {
    provide: ApprovalMailer,
    inject: [AppConfig, ProviderObservations],
    useFactory: ({ env }: AppConfig, observations: ProviderObservations) =>
      new SmtpApprovalMailer(new MailTransport(env.SMTP_URL, undefined, observations)),
  },
  {
    provide: SendApprovalMails,
    inject: [ApprovalMails, ApprovalMailer, AppConfig],
    useFactory: (mails: ApprovalMails, mailer: ApprovalMailer, config: AppConfig) =>
      new SendApprovalMails(mails, mailer, { publicUrl: () => config.publicUrl, from: config.env.MAIL_FROM }),
  },
  ApprovalMailsJob,
  DecideOnPosts,
  GatherApprovalNews,
  SetApprovalRules,
];
