import { LookAtPlatform } from './application/reconcile/look-at-platform.js';
import { MakeWay } from './application/reconcile/make-way.js';
import { ReportSecondCopy } from './application/reconcile/report-second-copy.js';
import { ResolveTarget } from './application/reconcile/resolve-target.js';
import { SecondLooks } from './application/reconcile/second-looks.js';
import { WriteWord } from './application/reconcile/write-word.js';
import { PersonsWords } from './domain/reconcile/persons-word.port.js';
import { SecondCopies } from './domain/reconcile/second-copies.port.js';
import { PersonsWordsRepository } from './infrastructure/reconcile/persons-words.repository.js';
import { SecondCopiesRepository } from './infrastructure/reconcile/second-copies.repository.js';
import { TruthJob } from './jobs/reconcile/truth.job.js';

/** What finds out, or is told, the truth about each target. */
export const truthProviders = [
  LookAtPlatform,
  MakeWay,
  ReportSecondCopy,
  ResolveTarget,
  SecondLooks,
  WriteWord,
  TruthJob,
  { provide: PersonsWords, useClass: PersonsWordsRepository },
  { provide: SecondCopies, useClass: SecondCopiesRepository },
];
