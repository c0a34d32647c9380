import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Fate, RehearsedTarget } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Drill, DrillKind, DrillProblem, DrillProgress, DrillStatus } from './drill.js';
import type { DrillReport } from './drill-report.js';
import type { Score } from './drill-score.js';
import type { WeeklySchedule } from './drill-schedule.js';

/** What every run of a plan has in common. */
export interface DrillPlan {
  readonly workspaceId: WorkspaceId;
  readonly kind: DrillKind;
  readonly platform: PlatformName;
  readonly region?: string;
  readonly durationSeconds: number;
  readonly actor: string;
}

/** A plan that recurs until somebody ends it. */
export interface DrillSeries extends DrillPlan {
  readonly id: string;
  readonly schedule: WeeklySchedule;
}

export interface DrillFilter {
  readonly kind?: DrillKind;
  readonly platform?: PlatformName;
  readonly status?: DrillStatus;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
}

/** A drill as it is kept; `at` is its place in lists, `schedule` its series' rhythm. */
export interface StoredDrill extends Drill {
  readonly at: string;
  readonly schedule?: WeeklySchedule;
}

/** Drills and their plans. A drill is written by whoever holds the cluster's lock of its kind; its status is the fence. */
export abstract class Drills {
  abstract insertSeries(plan: DrillPlan, schedule: WeeklySchedule, tx: Tx): Promise<DrillSeries>;
  /** A run of a plan; of a series each instant only once, and a second one is left out silently. */
  abstract insert(
    plan: DrillPlan & { readonly seriesId?: string },
    startsAt: Date,
    tx: Tx,
  ): Promise<StoredDrill | undefined>;
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredDrill | undefined>;
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<StoredDrill | undefined>;
  abstract list(workspaceId: WorkspaceId, filter: DrillFilter): Promise<readonly StoredDrill[]>;
  /** Planned or running drills of a workspace, for the cap on them. */
  abstract countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  /** Ends a recurring plan. @returns false when it has ended already */
  abstract endSeries(workspaceId: WorkspaceId, seriesId: string, tx: Tx): Promise<boolean>;
  /** A series that still goes on. */
  abstract series(workspaceId: WorkspaceId, seriesId: string, tx: Tx): Promise<DrillSeries | undefined>;
  abstract cancel(drill: Drill, tx: Tx): Promise<StoredDrill>;
}

/** The side of whoever runs drills; across workspaces. */
export abstract class DrillRuns {
  /** The next drill of a kind that is due, or that somebody began and did not end; locked until `tx` ends. */
  abstract nextDue(kind: DrillKind, tx: Tx): Promise<StoredDrill | undefined>;
  /** Begins it, again if need be: what an earlier run wrote is dropped. */
  abstract start(drill: Drill, tx: Tx): Promise<void>;
  /** @returns false when somebody asked to cancel it, or ended it */
  abstract proceed(drill: Drill, progress: DrillProgress): Promise<boolean>;
  /** Adds what became of targets. */
  abstract addTargets(drill: Drill, targets: readonly RehearsedTarget[]): Promise<void>;
  /** @returns false when it does not run any more */
  abstract finish(drill: Drill, report: DrillReport, tx: Tx): Promise<boolean>;
  abstract fail(drill: Drill, problem: DrillProblem, tx: Tx): Promise<boolean>;
  abstract cancelRunning(drill: Drill, tx: Tx): Promise<boolean>;
  /** The last finished one of the same workspace, kind, platform and region that had a score. */
  abstract lastScored(
    drill: Drill,
  ): Promise<{ readonly id: string; readonly finishedAt: Date; readonly score: Score } | undefined>;
  /** Drops the targets of all but the latest drills of the workspace; the reports stay. */
  abstract forgetTargets(workspaceId: WorkspaceId, keep: number, tx: Tx): Promise<void>;
}

export interface DrillTargetFilter {
  readonly fate?: Fate;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
}

/** What became of one target in a drill. */
export interface DrillTarget extends Omit<RehearsedTarget, 'occurrenceId' | 'obstacles'> {
  /** `scheduledAt` as the database prints it: its place in the list. */
  readonly sortKey: string;
}

/** Reads what a dry run said about each target, the earliest first. */
export abstract class DrillTargets {
  abstract list(workspaceId: WorkspaceId, drillId: string, filter: DrillTargetFilter): Promise<readonly DrillTarget[]>;
}
