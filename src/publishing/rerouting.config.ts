import type { Provider } from '@nestjs/common';
import { AdmitFallback } from './application/rerouting/admit-fallback.js';
import { FollowRoutes } from './application/rerouting/follow-routes.js';
import { JudgeLate } from './application/rerouting/judge-late.js';
import { PlanAnnouncements } from './application/rerouting/plan-announcements.js';
import { PlanCatchUp } from './application/rerouting/plan-catch-up.js';
import { ReadSurroundings } from './application/rerouting/read-surroundings.js';
import { SeekAgain } from './application/rerouting/seek-again.js';
import { SendAnnouncements } from './application/rerouting/send-announcements.js';
import { TakeDownLate } from './application/rerouting/take-down-late.js';
import { TellAnnounced } from './application/rerouting/tell-announced.js';
import { TellRemoved } from './application/rerouting/tell-removed.js';
import { UndoReroute } from './application/rerouting/undo-reroute.js';
import { Announcements } from './domain/rerouting/announcements.port.js';
import { FallbackLoads } from './domain/rerouting/fallback-loads.port.js';
import { Removals } from './domain/rerouting/removals.port.js';
import { RoutedTargets } from './domain/rerouting/routed-targets.port.js';
import { AnnouncementsRepository } from './infrastructure/rerouting/announcements.repository.js';
import { FallbackLoadsRepository } from './infrastructure/rerouting/fallback-loads.repository.js';
import { RemovalsRepository } from './infrastructure/rerouting/removals.repository.js';
import { RoutedTargetsRepository } from './infrastructure/rerouting/routed-targets.repository.js';
import { AftermathJob, AftermathUseCases } from './jobs/rerouting/aftermath.job.js';

/** The load of fallbacks, and everything that follows a move. */
export const reroutingProviders: Provider[] = [
  { provide: Announcements, useClass: AnnouncementsRepository },
  { provide: FallbackLoads, useClass: FallbackLoadsRepository },
  { provide: Removals, useClass: RemovalsRepository },
  { provide: RoutedTargets, useClass: RoutedTargetsRepository },
  AdmitFallback,
  AftermathJob,
  AftermathUseCases,
  FollowRoutes,
  JudgeLate,
  PlanAnnouncements,
  PlanCatchUp,
  ReadSurroundings,
  SeekAgain,
  SendAnnouncements,
  TakeDownLate,
  TellAnnounced,
  TellRemoved,
  UndoReroute,
];
