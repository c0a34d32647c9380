import type { Provider, Type } from '@nestjs/common';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { DraftNotices } from './application/notices/draft-notices.js';
import { NoticePolicyDesk } from './application/notices/notice-policy-desk.js';
import { PublicAddresses } from './application/notices/public-addresses.js';
import { ReadPublicPage } from './application/notices/read-public-page.js';
import { StartDueNotices } from './application/notices/start-due-notices.js';
import { BlackoutPlans } from './domain/notices/blackout-plan.port.js';
import { IncidentReader } from './domain/notices/incident-reader.port.js';
import { NoticePolicies } from './domain/notices/notice-policies.port.js';
import { Notices } from './domain/notices/notices.port.js';
import { PageTokens } from './domain/notices/page-token.js';
import { PublicPages } from './domain/notices/public-pages.port.js';
import { QuietPlans } from './domain/notices/quiet-plan.port.js';
import { NoticePolicyController } from './http/notices/notice-policy.controller.js';
import { PageShelf } from './http/notices/page-shelf.js';
import { PublicPagesController } from './http/notices/public-pages.controller.js';
import { BlackoutPlansRepository } from './infrastructure/notices/blackout-plans.repository.js';
import { IncidentReaderRepository } from './infrastructure/notices/incident-reader.repository.js';
import { NoticePoliciesRepository } from './infrastructure/notices/notice-policies.repository.js';
import { NoticesRepository } from './infrastructure/notices/notices.repository.js';
import { PublicPagesRepository } from './infrastructure/notices/public-pages.repository.js';
import { QuietPlansRepository } from './infrastructure/notices/quiet-plans.repository.js';
import { NoticesJob } from './jobs/notices/notices.job.js';

export const noticeProviders: Provider[] = [
  { provide: PageTokens, inject: [SecretBox], useFactory: (box: SecretBox) => new PageTokens(box.derivedKey('pages')) },
  { provide: NoticePolicies, useClass: NoticePoliciesRepository },
  { provide: Notices, useClass: NoticesRepository },
  { provide: BlackoutPlans, useClass: BlackoutPlansRepository },
  { provide: IncidentReader, useClass: IncidentReaderRepository },
  { provide: PublicPages, useClass: PublicPagesRepository },
  { provide: QuietPlans, useClass: QuietPlansRepository },
  PublicAddresses,
  PageShelf,
  NoticePolicyDesk,
  ReadPublicPage,
  DraftNotices,
  StartDueNotices,
  NoticesJob,
];

export const noticeControllers: Type[] = [NoticePolicyController, PublicPagesController];
