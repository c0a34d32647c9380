import { Injectable } from '@nestjs/common';
import type { ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Drill } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import { DrillStages } from '../../domain/drills/drill-stage.port.js';
import { DrillRuns } from '../../domain/drills/drills.port.js';
import { ReadShape } from './read-shape.js';
import { WriteReport } from './write-report.js';

/** Has a copy of the queue's shape really published in a sandbox whose platform breaks. Nothing real is reached. */
@Injectable()
export class PlaySandbox {
  constructor(
    private readonly shape: ReadShape,
    private readonly stages: DrillStages,
    private readonly runs: DrillRuns,
    private readonly report: WriteReport,
  ) {}

  /** A drill whose process died cannot go on: its minutes are over. */
  async clear(drill: Drill): Promise<void> {
    await this.stages.clear(drill);
  }

  /** @returns undefined when it was cancelled or stopped on the way. @throws StageRefused */
  async execute(drill: Drill, outage: ImaginedOutage, goesOn: () => boolean): Promise<DrillReport | undefined> {
    const shape = await this.shape.execute(outage, (platform) => this.stages.plays(platform));
    const { found, leftOut, posts } = shape;
    const nothing = { figures: NOTHING, counts: {}, obstacles: [], broadcastsAsked: 0, isWhole: true, loads: [] };
    if (posts.length === 0) return this.report.execute(drill, outage, nothing);
    const proceed = async (checked: number, total: number) =>
      goesOn() && (await this.runs.proceed(drill, { checked, total }));
    const played = await this.stages.play(drill, shape, proceed);
    if (!played) return undefined;
    return this.report.execute(drill, outage, {
      ...nothing,
      figures: played.figures,
      counts: played.counts,
      obstacles: played.obstacles,
      isWhole: posts.length === found,
      played: { ...played.played, copied: posts.length, found, leftOut },
    });
  }
}

const NOTHING = { affected: 0, reached: 0, onTime: 0, withoutFallback: 0, turnedAway: 0 };
