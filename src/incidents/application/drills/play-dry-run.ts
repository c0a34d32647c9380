import { Injectable } from '@nestjs/common';
import type { ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { type OngoingRehearsal, RehearseOutage } from '../../../publishing/index.js';
import type { Drill } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import { DrillRuns } from '../../domain/drills/drills.port.js';
import { DryRunTally } from '../../domain/drills/dry-run-tally.js';
import { fallbackLines } from '../../domain/drills/fallback-lines.js';
import { WriteReport } from './write-report.js';

/** Takes the real queue through an imagined outage. Calls nobody and changes no target. */
@Injectable()
export class PlayDryRun {
  constructor(
    private readonly rehearse: RehearseOutage,
    private readonly runs: DrillRuns,
    private readonly report: WriteReport,
  ) {}

  async execute(drill: Drill, outage: ImaginedOutage, goesOn: () => boolean): Promise<DrillReport | undefined> {
    const rehearsal = await this.rehearse.begin(outage);
    const { total, isWhole } = rehearsal;
    const tally = new DryRunTally(outage.from);
    let checked = 0;
    if (!(await this.runs.proceed(drill, { checked, total }))) return undefined;
    for await (const page of rehearsal.pages()) {
      tally.add(page);
      await this.runs.addTargets(drill, page);
      checked += page.length;
      const progress = { checked, total: Math.max(total, checked) };
      if (!goesOn() || !(await this.runs.proceed(drill, progress))) return undefined;
    }
    return this.report.execute(drill, outage, {
      figures: tally.figures(),
      counts: tally.counts,
      obstacles: tally.obstacles(),
      broadcastsAsked: tally.broadcastsAsked,
      isWhole,
      loads: await loadsOf(rehearsal, tally),
    });
  }
}

const loadsOf = async (rehearsal: OngoingRehearsal, tally: DryRunTally) => {
  const moved = tally.movedByAccount;
  return fallbackLines(moved, rehearsal.loads(), await rehearsal.usualPerHour([...moved.keys()]));
};
