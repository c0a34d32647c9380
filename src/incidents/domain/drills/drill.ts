import type { WorkspaceId } from '../../../kernel/ids.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { DrillReport } from './drill-report.js';

/** `dry_run`: the real queue, no call, no change. `sandbox`: a copy of its shape is really published, in a sandbox. */
export const DRILL_KINDS = ['dry_run', 'sandbox'] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

export const DRILL_STATUSES = ['planned', 'running', 'finished', 'failed', 'cancelled'] as const;
export type DrillStatus = (typeof DRILL_STATUSES)[number];

/** How long the imagined outage may last, seconds. */
export const DRILL_SPANS: Readonly<
  Record<DrillKind, { readonly min: number; readonly max: number; readonly usual: number }>
> = {
  dry_run: { min: 600, max: 604_800, usual: 86_400 },
  // Played sixty times faster: four hours take four minutes.
  sandbox: { min: 600, max: 14_400, usual: 3_600 },
};

/** How far ahead one drill may be planned; ms. */
export const PLAN_AHEAD_MS = 366 * 86_400_000;

/** A rehearsed outage of one platform. */
export interface Drill {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** The recurring plan it belongs to. */
  readonly seriesId?: string;
  readonly kind: DrillKind;
  readonly platform: PlatformName;
  /** Every region when absent. */
  readonly region?: string;
  readonly status: DrillStatus;
  readonly startsAt: Date;
  /** How long the outage is taken to last. */
  readonly durationSeconds: number;
  /** Who asked for it: `key:<prefix>`. */
  readonly actor: string;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  /** Somebody cancelled it while it ran; it stops at the next page. */
  readonly cancelAskedAt?: Date;
  readonly progress: DrillProgress;
  readonly report?: DrillReport;
  /** Why it failed: a sentence that says what to do. */
  readonly problem?: DrillProblem;
  readonly createdAt: Date;
}

/** Targets looked at so far, of how many. */
export interface DrillProgress {
  readonly checked: number;
  readonly total: number;
}

/** Why a drill could not be played to its end. */
export interface DrillProblem {
  /** Stable, dotted. */
  readonly code: string;
  readonly text: string;
}

/** Whether there is anything left to cancel. */
export const isOpen = ({ status }: Pick<Drill, 'status'>): boolean => status === 'planned' || status === 'running';
