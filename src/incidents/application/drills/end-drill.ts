import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import type { Drill, DrillProblem } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import { DrillRuns } from '../../domain/drills/drills.port.js';

/** Targets are kept of so many drills of a workspace; reports of all. */
const KEEP_TARGETS_OF = 10;

/** Ends a drill and tells those who follow, in one transaction. */
@Injectable()
export class EndDrill {
  constructor(
    private readonly runs: DrillRuns,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async finish(drill: Drill, report: DrillReport): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.runs.finish(drill, report, tx))) return;
      await this.runs.forgetTargets(drill.workspaceId, KEEP_TARGETS_OF, tx);
      const { result, summary, score, comparison } = report;
      const told = { result, summary, score: score?.points ?? null, change: comparison?.change ?? null };
      await this.tell(drill, told, tx);
    });
  }

  async fail(drill: Drill, problem: DrillProblem): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.runs.fail(drill, problem, tx))) return;
      await this.tell(drill, { result: 'aborted', summary: problem.text, score: null, change: null }, tx);
    });
  }

  /** Somebody asked for it, so nobody needs to be told. */
  async cancel(drill: Drill): Promise<void> {
    await this.unitOfWork.run((tx) => this.runs.cancelRunning(drill, tx));
  }

  private async tell(drill: Drill, told: Told, tx: Tx): Promise<void> {
    const { workspaceId, id, kind, platform, region } = drill;
    const payload = { drillId: id, kind, platform, region: region ?? null, ...told };
    await this.events.append([{ workspaceId, type: 'drill.finished', subjectId: id, payload }], tx);
  }
}

interface Told {
  readonly result: string;
  readonly summary: string;
  readonly score: number | null;
  readonly change: number | null;
}
