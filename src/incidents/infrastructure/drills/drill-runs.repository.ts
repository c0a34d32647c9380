import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RehearsedTarget } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Drill, DrillKind, DrillProblem, DrillProgress } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import type { Score } from '../../domain/drills/drill-score.js';
import { DrillRuns, type StoredDrill } from '../../domain/drills/drills.port.js';
import { DRILL_COLUMNS, type DrillRow, DRILLS, toDrill } from './drill.rows.js';

/** Of each target's reasons; the deciding ones come first. */
const KEPT_REASONS = 5;

@Injectable()
export class DrillRunsRepository extends DrillRuns {
  constructor(private readonly database: Database) {
    super();
  }

  async nextDue(kind: DrillKind, tx: Tx): Promise<StoredDrill | undefined> {
    // What was begun and not ended goes first: whoever asks holds the lock, so nobody else runs it.
    const row = await this.database.row<DrillRow>(
      `select ${DRILL_COLUMNS} from ${DRILLS}
        where d.kind = $1 and d.status in ('planned', 'running') and d.starts_at <= statement_timestamp()
        order by (d.status = 'planned'), d.starts_at, d.id limit 1 for update of d skip locked`,
      [kind],
      tx,
    );
    return row && toDrill(row);
  }

  async start({ workspaceId, id }: Drill, tx: Tx): Promise<void> {
    await this.database.affected(
      `update drill set status = 'running', started_at = coalesce(started_at, clock_timestamp()), checked = 0, total = 0
        where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
    await this.database.affected(
      `delete from drill_target where workspace_id = $1 and drill_id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async proceed({ workspaceId, id }: Drill, { checked, total }: DrillProgress): Promise<boolean> {
    const going = await this.database.affected(
      `update drill set checked = $3, total = $4
        where workspace_id = $1 and id = $2 and status = 'running' and cancel_asked_at is null`,
      [workspaceId, id, checked, total],
    );
    return going > 0;
  }

  async addTargets(drill: Drill, targets: readonly RehearsedTarget[]): Promise<void> {
    const rows = targets.map((target) => ({
      target: target.targetId,
      account: target.accountId,
      scheduled: target.scheduledAt,
      fate: target.fate,
      at: target.at,
      to: target.toAccountId ?? null,
      broadcast: target.asksBroadcast,
      fallback: target.hasFallback ?? null,
      // What stood in the way at first explains the wait; the last word explains the end.
      reasons: [...target.reasons, ...target.obstacles.filter((one) => !target.reasons.includes(one))].slice(
        0,
        KEPT_REASONS,
      ),
    }));
    await this.database.affected(
      `insert into drill_target (workspace_id, drill_id, target_id, account_id, scheduled_at, fate, at,
                                 to_account_id, asks_broadcast, has_fallback, reasons)
       select $1, $2, r.target, r.account, r.scheduled, r.fate, r.at, r."to", r.broadcast, r.fallback, r.reasons
         from jsonb_to_recordset($3::jsonb) as r(target uuid, account uuid, scheduled timestamptz, fate text,
              at timestamptz, "to" uuid, broadcast boolean, fallback boolean, reasons jsonb)
       on conflict (drill_id, target_id) do nothing`,
      [drill.workspaceId, drill.id, JSON.stringify(rows)],
    );
  }

  finish(drill: Drill, report: DrillReport, tx: Tx): Promise<boolean> {
    return this.endAs(drill, `status = 'finished', score = $3, report = $4::jsonb`, tx, [
      report.score?.points ?? null,
      JSON.stringify(report),
    ]);
  }

  fail(drill: Drill, problem: DrillProblem, tx: Tx): Promise<boolean> {
    return this.endAs(drill, `status = 'failed', problem = $3::jsonb`, tx, [JSON.stringify(problem)]);
  }

  cancelRunning(drill: Drill, tx: Tx): Promise<boolean> {
    return this.endAs(drill, `status = 'cancelled'`, tx);
  }

  async lastScored({
    workspaceId,
    id,
    kind,
    platform,
    region,
  }: Drill): Promise<{ id: string; finishedAt: Date; score: Score } | undefined> {
    return this.database.row(
      `select id, finished_at as "finishedAt", report -> 'score' as score from drill
        where workspace_id = $1 and id <> $2 and kind = $3 and platform = $4 and region is not distinct from $5
          and status = 'finished' and score is not null
        order by starts_at desc, id desc limit 1`,
      [workspaceId, id, kind, platform, region ?? null],
    );
  }

  async forgetTargets(workspaceId: WorkspaceId, keep: number, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from drill_target where workspace_id = $1 and drill_id not in (
         select id from drill where workspace_id = $1 and kind = 'dry_run' and status in ('running', 'finished')
          order by starts_at desc, id desc limit $2)`,
      [workspaceId, keep],
      tx,
    );
  }

  private async endAs({ workspaceId, id }: Drill, change: string, tx: Tx, values: unknown[] = []): Promise<boolean> {
    const ended = await this.database.affected(
      `update drill set ${change}, finished_at = clock_timestamp()
        where workspace_id = $1 and id = $2 and status = 'running'`,
      [workspaceId, id, ...values],
      tx,
    );
    return ended > 0;
  }
}
