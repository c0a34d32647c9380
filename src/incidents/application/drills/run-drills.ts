import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { DrillKind } from '../../domain/drills/drill.js';
import { isTooLate } from '../../domain/drills/drill-schedule.js';
import { StageRefused } from '../../domain/drills/drill-stage.port.js';
import { DrillRuns, type StoredDrill } from '../../domain/drills/drills.port.js';
import { DrillDesk } from './drill-desk.js';
import { EndDrill } from './end-drill.js';
import { PlayDrill } from './play-drill.js';

const MISSED = {
  code: 'drill.missed',
  text: 'Nothing of this installation ran at the time of the drill. Plan it again, or wait for its next run.',
};
const STOPPED = {
  code: 'drill.stopped',
  text: 'The process that ran the drill was stopped on the way. Plan it again.',
};
const BROKEN = {
  code: 'drill.broke_off',
  text: 'The drill met a fault of ours and was ended. Try again; if it happens again, look at the log of the worker.',
};

/** Runs drills that are due, one at a time of each kind in the whole cluster. */
@Injectable()
export class RunDrills {
  private readonly logger = new Logger('Drills');
  private isStopping = false;

  constructor(
    private readonly runs: DrillRuns,
    private readonly desk: DrillDesk,
    private readonly play: PlayDrill,
    private readonly end: EndDrill,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What runs ends at its next step; another process begins a dry run anew. */
  stop(): void {
    this.isStopping = true;
  }

  /** The caller holds the cluster's lock of this kind. @returns whether there was one */
  async runOnce(kind: DrillKind): Promise<boolean> {
    const drill = await this.unitOfWork.run(async (tx) => {
      const due = await this.runs.nextDue(kind, tx);
      if (!due) return undefined;
      // Its successor stands before it begins, so that no end of it can stop the series.
      await this.desk.planNext(due, tx);
      await this.runs.start(due, tx);
      return due;
    });
    if (!drill) return false;
    await this.run(drill);
    return true;
  }

  private async run(drill: StoredDrill): Promise<void> {
    if (isTooLate(drill.startsAt, this.clock.now())) return this.end.fail(drill, MISSED);
    if (drill.status === 'running' && (await this.clear(drill))) return this.end.fail(drill, STOPPED);
    try {
      const report = await this.play.execute(drill, () => !this.isStopping);
      if (report) await this.end.finish(drill, report);
      else if (!this.isStopping) await this.end.cancel(drill);
    } catch (error) {
      if (error instanceof StageRefused) return this.end.fail(drill, error.problem);
      this.logger.error({ err: error, drillId: drill.id }, 'A drill broke off');
      await this.end.fail(drill, BROKEN);
    }
  }

  /** It was under way when its process died. @returns whether that was the end of it */
  private clear(drill: StoredDrill): Promise<boolean> {
    return this.play.clear(drill).catch((error: unknown) => {
      this.logger.warn({ err: error, drillId: drill.id }, 'What a stopped drill left could not be removed yet');
      return true;
    });
  }
}
