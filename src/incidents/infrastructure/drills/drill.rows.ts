import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { DrillKind, DrillProblem, DrillStatus } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import type { DrillPlan, StoredDrill } from '../../domain/drills/drills.port.js';

/** Columns of `drill d left join drill_series s on s.id = d.series_id`. */
export const DRILL_COLUMNS = `d.id, d.workspace_id as "workspaceId", d.series_id as "seriesId", d.kind, d.platform, d.region,
  d.status, d.starts_at as "startsAt", d.starts_at::text as at, d.duration_seconds as "durationSeconds", d.actor,
  d.started_at as "startedAt", d.finished_at as "finishedAt", d.cancel_asked_at as "cancelAskedAt", d.checked, d.total,
  d.report, d.problem, d.created_at as "createdAt",
  case when s.ended_at is null then s.iso_day end as "isoDay", s.time, s.zone`;

export const DRILLS = `drill d left join drill_series s on s.workspace_id = d.workspace_id and s.id = d.series_id`;

export interface DrillRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly seriesId: string | null;
  readonly kind: DrillKind;
  readonly platform: PlatformName;
  readonly region: string | null;
  readonly status: DrillStatus;
  readonly startsAt: Date;
  readonly at: string;
  readonly durationSeconds: number;
  readonly actor: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly cancelAskedAt: Date | null;
  readonly checked: number;
  readonly total: number;
  readonly report: DrillReport | null;
  readonly problem: DrillProblem | null;
  readonly createdAt: Date;
  /** null: one drill only, or its series has ended. */
  readonly isoDay: number | null;
  readonly time: string | null;
  readonly zone: string | null;
}

export const toDrill = (row: DrillRow): StoredDrill => {
  const { seriesId, region, startedAt, finishedAt, cancelAskedAt, checked, total, report, problem, ...rest } = row;
  const { isoDay, time, zone, ...drill } = rest;
  return {
    ...drill,
    ...(seriesId === null ? {} : { seriesId }),
    ...(region === null ? {} : { region }),
    ...(startedAt ? { startedAt } : {}),
    ...(finishedAt ? { finishedAt } : {}),
    ...(cancelAskedAt ? { cancelAskedAt } : {}),
    progress: { checked, total },
    ...(report ? { report } : {}),
    ...(problem ? { problem } : {}),
    ...(isoDay !== null && time !== null && zone !== null ? { schedule: { dayOfWeek: isoDay, time, zone } } : {}),
  };
};

/** The values every run of a plan shares, in the order of the columns. */
export const planValues = ({ workspaceId, kind, platform, region, durationSeconds, actor }: DrillPlan): unknown[] => [
  workspaceId,
  kind,
  platform,
  region ?? null,
  durationSeconds,
  actor,
];
