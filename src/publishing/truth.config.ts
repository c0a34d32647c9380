import { AppConfig } from '../infra/config/app-config.js';
import { LookAtPlatform } from './application/reconcile/look-at-platform.js';
import { LookBeforeSend } from './application/reconcile/look-before-send.js';
import { MakeWay } from './application/reconcile/make-way.js';
import { ReportSecondCopy } from './application/reconcile/report-second-copy.js';
import { ResolveTarget } from './application/reconcile/resolve-target.js';
import { SecondLooks } from './application/reconcile/second-looks.js';
import { SettleOverdue } from './application/reconcile/settle-overdue.js';
import { Durability, WatchEpoch } from './application/reconcile/watch-epoch.js';
import { WriteWord } from './application/reconcile/write-word.js';
import { DeadIntents } from './domain/reconcile/dead-intents.port.js';
import { EpochFile, InstanceRecord } from './domain/reconcile/epoch.port.js';
import { OverdueTargets } from './domain/reconcile/overdue.port.js';
import { PersonsWords } from './domain/reconcile/persons-word.port.js';
import { SecondCopies } from './domain/reconcile/second-copies.port.js';
import { DeadIntentsRepository } from './infrastructure/reconcile/dead-intents.repository.js';
import { DiskEpochFile } from './infrastructure/reconcile/disk-epoch.file.js';
import { InstanceRecordRepository } from './infrastructure/reconcile/instance-record.repository.js';
import { OverdueTargetsRepository } from './infrastructure/reconcile/overdue.repository.js';
import { PersonsWordsRepository } from './infrastructure/reconcile/persons-words.repository.js';
import { SecondCopiesRepository } from './infrastructure/reconcile/second-copies.repository.js';
import { TruthJob } from './jobs/reconcile/truth.job.js';

/** What finds out, or is told, the truth about each target. */
export const truthProviders = [
  LookAtPlatform,
  LookBeforeSend,
  MakeWay,
  ReportSecondCopy,
  ResolveTarget,
  SecondLooks,
  SettleOverdue,
  WatchEpoch,
  WriteWord,
  TruthJob,
  { provide: DeadIntents, useClass: DeadIntentsRepository },
  { provide: InstanceRecord, useClass: InstanceRecordRepository },
  {
    provide: EpochFile,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new DiskEpochFile(env.DATA_DIR),
  },
  {
    provide: Durability,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig): Durability => ({ isDurable: env.MEDIA_STORAGE === 'disk' }),
  },
  { provide: OverdueTargets, useClass: OverdueTargetsRepository },
  { provide: PersonsWords, useClass: PersonsWordsRepository },
  { provide: SecondCopies, useClass: SecondCopiesRepository },
];
