import { ForecastReader } from './application/calendar/forecast-reader.js';
import { LockRun } from './application/calendar/lock-run.js';
import { Excerpts } from './application/calendar/excerpts.js';
import { PreviewQueue } from './application/calendar/preview-queue.js';
import { ReadCalendar } from './application/calendar/read-calendar.js';
import { FillSlots, FillTools } from './application/queues/fill-slots.js';
import { FindFreeSlots } from './application/queues/find-free-slots.js';
import { GatherFacts } from './application/queues/gather-facts.js';
import { HORIZON_PLANNERS, type HorizonPlanner } from './application/queues/horizon-planner.js';
import { PlanQueues } from './application/queues/plan-queues.js';
import { PlanRuns } from './application/queues/plan-runs.js';
import { QueueDesk } from './application/queues/queue-desk.js';
import { ReadTrouble } from './application/queues/read-trouble.js';
import { RecyclingDesk } from './application/queues/recycling-desk.js';
import { ReviewRuns } from './application/queues/review-runs.js';
import { SettlePlan } from './application/queues/settle-plan.js';
import { VariationDesk } from './application/queues/variation-desk.js';
import { PlanRecurrences } from './application/recurring/plan-recurrences.js';
import { Calendar } from './domain/calendar/calendar.port.js';
import { CategoryRecyclings } from './domain/queues/category-recyclings.port.js';
import { PlanningFacts } from './domain/queues/planning-facts.port.js';
import { Queues } from './domain/queues/queues.port.js';
import { Reservations } from './domain/queues/reservations.port.js';
import { Variations } from './domain/queues/variations.port.js';
import { CalendarController } from './http/calendar/calendar.controller.js';
import { QueueActionsController } from './http/queues/queue-actions.controller.js';
import { QueuesController } from './http/queues/queues.controller.js';
import { RecyclingController } from './http/queues/recycling.controller.js';
import { CalendarRepository } from './infrastructure/calendar/calendar.repository.js';
import { CategoryRecyclingsRepository } from './infrastructure/queues/category-recyclings.repository.js';
import { CurrentItems } from './infrastructure/queues/current-items.js';
import { ItemReader } from './infrastructure/queues/item-reader.js';
import { KeptItems } from './infrastructure/queues/kept-items.js';
import { PlanningChanges } from './infrastructure/queues/planning-changes.repository.js';
import { PlanningFactsRepository } from './infrastructure/queues/planning-facts.repository.js';
import { QueuesRepository } from './infrastructure/queues/queues.repository.js';
import { ReservationsRepository } from './infrastructure/queues/reservations.repository.js';
import { VariationsRepository } from './infrastructure/queues/variations.repository.js';
import { FillJob } from './jobs/queues/fill.job.js';
import { HorizonJob } from './jobs/queues/horizon.job.js';
import { PlanningChangesJob } from './jobs/queues/planning-changes.job.js';
import { planningSettings } from './planning.config.js';

/** Whatever plans ahead; add one here and it runs in the same job. */
const planners = {
  provide: HORIZON_PLANNERS,
  inject: [PlanQueues, PlanRecurrences],
  useFactory: (...all: HorizonPlanner[]) => all,
};

/** Queues, recycling and the calendar. */
export const queueProviders = [
  planningSettings,
  planners,
  CurrentItems,
  FillJob,
  FillSlots,
  FillTools,
  FindFreeSlots,
  ForecastReader,
  GatherFacts,
  HorizonJob,
  ItemReader,
  LockRun,
  PlanningChanges,
  PlanningChangesJob,
  PlanQueues,
  PlanRuns,
  Excerpts,
  PreviewQueue,
  QueueDesk,
  ReadCalendar,
  ReadTrouble,
  RecyclingDesk,
  ReviewRuns,
  SettlePlan,
  VariationDesk,
  { provide: Calendar, useClass: CalendarRepository },
  { provide: CategoryRecyclings, useClass: CategoryRecyclingsRepository },
  { provide: PlanningFacts, useClass: PlanningFactsRepository },
  { provide: Queues, useClass: QueuesRepository },
  { provide: KeptItems, useFactory: () => new KeptItems() },
  { provide: Reservations, useClass: ReservationsRepository },
  { provide: Variations, useClass: VariationsRepository },
];

export const queueControllers = [CalendarController, QueueActionsController, QueuesController, RecyclingController];
