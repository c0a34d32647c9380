import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { CsvStreams } from '../infra/csv/csv-files.js';
import { CsvFiles } from '../kernel/csv/csv.port.js';
import { ChangePhoneConsent } from './application/lists/change-phone-consent.js';
import { ChoosePreferences } from './application/lists/choose-preferences.js';
import { EditSegments } from './application/lists/edit-segments.js';
import { EditSignUpForms } from './application/lists/edit-sign-up-forms.js';
import { EditSubscriber } from './application/lists/edit-subscriber.js';
import { EditSuppressions } from './application/lists/edit-suppressions.js';
import { ExportList } from './application/lists/export-list.js';
import { JoinByForm } from './application/lists/join-by-form.js';
import { JudgePeople } from './application/lists/judge-people.js';
import { PurgeUnconfirmed } from './application/lists/purge-unconfirmed.js';
import { ReadImportErrors } from './application/lists/read-import-errors.js';
import { ReceiveImportFile } from './application/lists/receive-import-file.js';
import { RunSubscriberImport } from './application/lists/run-subscriber-import.js';
import { SignUpGate } from './application/lists/sign-up-gate.js';
import { SubscriberImportDesk } from './application/lists/subscriber-import-desk.js';
import { SuppressAddresses } from './application/lists/suppress-addresses.js';
import { DisposableDomains } from './domain/lists/disposable-domains.port.js';
import { Holders } from './domain/lists/holders.port.js';
import { PhoneConsents } from './domain/lists/phone-consents.port.js';
import { PhoneNumbers } from './domain/lists/phone-numbers.port.js';
import { Preferences } from './domain/lists/preferences.port.js';
import { Profiles } from './domain/lists/profiles.port.js';
import { Retention } from './domain/lists/retention.port.js';
import { Segments } from './domain/lists/segments.port.js';
import { SignUpForms } from './domain/lists/sign-up-forms.port.js';
import { SubscriberExport } from './domain/lists/subscriber-export.port.js';
import {
  SubscriberImportQueue,
  SubscriberImports,
  SubscriberImportWork,
} from './domain/lists/subscriber-imports.port.js';
import { Suppressions } from './domain/lists/suppressions.port.js';
import { JoinController } from './http/lists/join.controller.js';
import { ListExportsController } from './http/lists/list-exports.controller.js';
import { PeopleFileLimits, PeopleUpload } from './http/lists/people-upload.js';
import { PreferencesController } from './http/lists/preferences.controller.js';
import { SegmentsController } from './http/lists/segments.controller.js';
import { SignUpFormsController } from './http/lists/sign-up-forms.controller.js';
import { SubscriberChangesController } from './http/lists/subscriber-changes.controller.js';
import { SubscriberImportsController } from './http/lists/subscriber-imports.controller.js';
import { SuppressionsController } from './http/lists/suppressions.controller.js';
import { BossSubscriberImportQueue } from './infrastructure/lists/boss-subscriber-import-queue.js';
import { GooglePhoneNumbers } from './infrastructure/lists/google-phone-numbers.js';
import { HoldersRepository } from './infrastructure/lists/holders.repository.js';
import { MailcheckerDomains } from './infrastructure/lists/mailchecker-domains.js';
import { PhoneConsentsRepository } from './infrastructure/lists/phone-consents.repository.js';
import { PreferencesRepository } from './infrastructure/lists/preferences.repository.js';
import { ProfilesRepository } from './infrastructure/lists/profiles.repository.js';
import { RetentionRepository } from './infrastructure/lists/retention.repository.js';
import { SegmentsRepository } from './infrastructure/lists/segments.repository.js';
import { SignUpFormsRepository } from './infrastructure/lists/sign-up-forms.repository.js';
import { SubscriberExportRepository } from './infrastructure/lists/subscriber-export.repository.js';
import { SubscriberImportWorkRepository } from './infrastructure/lists/subscriber-import-work.repository.js';
import { SubscriberImportsRepository } from './infrastructure/lists/subscriber-imports.repository.js';
import { SuppressionsRepository } from './infrastructure/lists/suppressions.repository.js';
import { RetentionJob } from './jobs/lists/retention.job.js';
import { SubscriberImportJob } from './jobs/lists/subscriber-import.job.js';

/** Before those of single subscribers: `/v1/subscribers/export.csv` is no subscriber. */
export const listControllers = [
  ListExportsController,
  SubscriberChangesController,
  SubscriberImportsController,
  SegmentsController,
  SignUpFormsController,
  SuppressionsController,
  JoinController,
  PreferencesController,
];

/** The list itself: who is on it, how they came, what they accept, and how they leave. */
export const listProviders: Provider[] = [
  { provide: CsvFiles, useClass: CsvStreams },
  { provide: DisposableDomains, useClass: MailcheckerDomains },
  { provide: Holders, useClass: HoldersRepository },
  { provide: PhoneConsents, useClass: PhoneConsentsRepository },
  { provide: PhoneNumbers, useClass: GooglePhoneNumbers },
  { provide: Preferences, useClass: PreferencesRepository },
  { provide: Profiles, useClass: ProfilesRepository },
  { provide: Retention, useClass: RetentionRepository },
  { provide: Segments, useClass: SegmentsRepository },
  { provide: SignUpForms, useClass: SignUpFormsRepository },
  { provide: SubscriberExport, useClass: SubscriberExportRepository },
  { provide: SubscriberImportQueue, useClass: BossSubscriberImportQueue },
  { provide: SubscriberImports, useClass: SubscriberImportsRepository },
  { provide: SubscriberImportWork, useClass: SubscriberImportWorkRepository },
  { provide: Suppressions, useClass: SuppressionsRepository },
  {
    provide: PeopleFileLimits,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig): PeopleFileLimits => ({ maxBytes: env.LIST_CSV_MAX_BYTES }),
  },
  ...[ChangePhoneConsent, ChoosePreferences, EditSegments, EditSignUpForms, EditSubscriber, EditSuppressions],
  ...[ExportList, JoinByForm, JudgePeople, PeopleUpload, PurgeUnconfirmed, ReadImportErrors, ReceiveImportFile],
  ...[RetentionJob, RunSubscriberImport, SignUpGate, SubscriberImportDesk, SubscriberImportJob, SuppressAddresses],
];
