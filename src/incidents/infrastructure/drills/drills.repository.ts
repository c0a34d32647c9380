import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Drill, DrillKind } from '../../domain/drills/drill.js';
import type { WeeklySchedule } from '../../domain/drills/drill-schedule.js';
import {
  type DrillFilter,
  type DrillPlan,
  Drills,
  type DrillSeries,
  type StoredDrill,
} from '../../domain/drills/drills.port.js';
import { DRILL_COLUMNS, type DrillRow, DRILLS, planValues, toDrill } from './drill.rows.js';

interface SeriesRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: DrillKind;
  readonly platform: PlatformName;
  readonly region: string | null;
  readonly durationSeconds: number;
  readonly actor: string;
  readonly dayOfWeek: number;
  readonly time: string;
  readonly zone: string;
}

@Injectable()
export class DrillsRepository extends Drills {
  constructor(private readonly database: Database) {
    super();
  }

  async insertSeries(plan: DrillPlan, schedule: WeeklySchedule, tx: Tx): Promise<DrillSeries> {
    const id = newId();
    await this.database.affected(
      `insert into drill_series (id, workspace_id, kind, platform, region, duration_seconds, actor, iso_day, time, zone)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, ...planValues(plan), schedule.dayOfWeek, schedule.time, schedule.zone],
      tx,
    );
    return { ...plan, id, schedule };
  }

  async insert(
    plan: DrillPlan & { readonly seriesId?: string },
    startsAt: Date,
    tx: Tx,
  ): Promise<StoredDrill | undefined> {
    const id = newId();
    const written = await this.database.affected(
      `insert into drill (id, workspace_id, kind, platform, region, duration_seconds, actor, series_id, starts_at, status)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned') on conflict (series_id, starts_at) do nothing`,
      [id, ...planValues(plan), plan.seriesId ?? null, startsAt],
      tx,
    );
    return written === 0 ? undefined : this.get(plan.workspaceId, id, tx);
  }

  async get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredDrill | undefined> {
    const row = await this.database.row<DrillRow>(
      `select ${DRILL_COLUMNS} from ${DRILLS} where d.workspace_id = $1 and d.id = $2`,
      [workspaceId, id],
      tx,
    );
    return row && toDrill(row);
  }

  async lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<StoredDrill | undefined> {
    await this.database.rows(
      `select 1 from drill where workspace_id = $1 and id = $2 for update`,
      [workspaceId, id],
      tx,
    );
    return this.get(workspaceId, id, tx);
  }

  async list(workspaceId: WorkspaceId, filter: DrillFilter): Promise<readonly StoredDrill[]> {
    const rows = await this.database.rows<DrillRow>(
      `select ${DRILL_COLUMNS} from ${DRILLS}
        where d.workspace_id = $1 and ($2::text is null or d.kind = $2) and ($3::text is null or d.platform = $3)
          and ($4::text is null or d.status = $4)
          and ($5::timestamptz is null or (d.starts_at, d.id) < ($5, $6::uuid))
        order by d.starts_at desc, d.id desc limit $7`,
      [
        workspaceId,
        filter.kind ?? null,
        filter.platform ?? null,
        filter.status ?? null,
        filter.after?.at ?? null,
        filter.after?.id ?? null,
        filter.limit,
      ],
    );
    return rows.map(toDrill);
  }

  async countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from drill where workspace_id = $1 and status in ('planned', 'running')`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  async endSeries(workspaceId: WorkspaceId, seriesId: string, tx: Tx): Promise<boolean> {
    const ended = await this.database.affected(
      `update drill_series set ended_at = clock_timestamp() where workspace_id = $1 and id = $2 and ended_at is null`,
      [workspaceId, seriesId],
      tx,
    );
    await this.database.affected(
      `update drill set status = 'cancelled', cancel_asked_at = clock_timestamp(), finished_at = clock_timestamp()
        where workspace_id = $1 and series_id = $2 and status = 'planned'`,
      [workspaceId, seriesId],
      tx,
    );
    return ended > 0;
  }

  async series(workspaceId: WorkspaceId, seriesId: string, tx: Tx): Promise<DrillSeries | undefined> {
    const row = await this.database.row<SeriesRow>(
      `select id, workspace_id as "workspaceId", kind, platform, region, duration_seconds as "durationSeconds", actor,
              iso_day as "dayOfWeek", time, zone
         from drill_series where workspace_id = $1 and id = $2 and ended_at is null`,
      [workspaceId, seriesId],
      tx,
    );
    if (!row) return undefined;
    const { region, dayOfWeek, time, zone, ...plan } = row;
    return { ...plan, ...(region === null ? {} : { region }), schedule: { dayOfWeek, time, zone } };
  }

  async cancel(drill: Drill, tx: Tx): Promise<StoredDrill> {
    await this.database.affected(
      `update drill set cancel_asked_at = coalesce(cancel_asked_at, clock_timestamp()),
              status = case status when 'planned' then 'cancelled' else status end,
              finished_at = case status when 'planned' then clock_timestamp() else finished_at end
        where workspace_id = $1 and id = $2 and status in ('planned', 'running')`,
      [drill.workspaceId, drill.id],
      tx,
    );
    return (await this.get(drill.workspaceId, drill.id, tx)) as StoredDrill;
  }
}
