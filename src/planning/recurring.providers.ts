import { ChangeOccurrence } from './application/recurring/change-occurrence.js';
import { EndRecurrence } from './application/recurring/end-recurrence.js';
import { FindDisplacedRuns } from './application/recurring/find-displaced-runs.js';
import { ForeseeRuns } from './application/recurring/foresee-runs.js';
import { GatherRunFacts } from './application/recurring/gather-run-facts.js';
import { MaterialiseRecurrences } from './application/recurring/materialise-recurrences.js';
import { PlanRecurrences } from './application/recurring/plan-recurrences.js';
import { PreviewRecurrence } from './application/recurring/preview-recurrence.js';
import { ReadRecurrence } from './application/recurring/read-recurrence.js';
import { RecurrenceForecast } from './application/recurring/recurrence-forecast.js';
import { ReplanRecurrence } from './application/recurring/replan-recurrence.js';
import { SetRecurrence } from './application/recurring/set-recurrence.js';
import { TakeBackRuns } from './application/recurring/take-back-runs.js';
import { OccurrenceChanges, RecurrenceRuns, Recurrences } from './domain/recurring/recurrences.port.js';
import { RecurrenceOccurrencesController } from './http/recurring/occurrences.controller.js';
import { RecurrencePreviewsController } from './http/recurring/recurrence-previews.controller.js';
import { RecurrencesController } from './http/recurring/recurrences.controller.js';
import { OccurrenceChangesRepository } from './infrastructure/recurring/occurrence-changes.repository.js';
import { RecurrenceRunsRepository } from './infrastructure/recurring/recurrence-runs.repository.js';
import { RecurrencesRepository } from './infrastructure/recurring/recurrences.repository.js';

/** The parts of recurring posts. */
export const RECURRING_PROVIDERS = [
  { provide: OccurrenceChanges, useClass: OccurrenceChangesRepository },
  { provide: RecurrenceRuns, useClass: RecurrenceRunsRepository },
  { provide: Recurrences, useClass: RecurrencesRepository },
  ChangeOccurrence,
  EndRecurrence,
  FindDisplacedRuns,
  ForeseeRuns,
  GatherRunFacts,
  MaterialiseRecurrences,
  PlanRecurrences,
  PreviewRecurrence,
  ReadRecurrence,
  RecurrenceForecast,
  ReplanRecurrence,
  SetRecurrence,
  TakeBackRuns,
];

export const RECURRING_CONTROLLERS = [
  RecurrencesController,
  RecurrenceOccurrencesController,
  RecurrencePreviewsController,
];
