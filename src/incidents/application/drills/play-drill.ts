import { Injectable } from '@nestjs/common';
import { plusMs, SECOND_MS } from '../../../kernel/durations.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Drill } from '../../domain/drills/drill.js';
import type { DrillReport } from '../../domain/drills/drill-report.js';
import { PlayDryRun } from './play-dry-run.js';
import { PlaySandbox } from './play-sandbox.js';

/** Plays one drill from beginning to end. */
@Injectable()
export class PlayDrill {
  constructor(
    private readonly dryRun: PlayDryRun,
    private readonly sandbox: PlaySandbox,
    private readonly clock: Clock,
  ) {}

  /** After its process died. @returns false when it can begin anew */
  async clear(drill: Drill): Promise<boolean> {
    if (drill.kind === 'dry_run') return false;
    await this.sandbox.clear(drill);
    return true;
  }

  /**
   * @param goesOn false: stop at the next step
   * @returns undefined when it was cancelled or stopped on the way
   * @throws StageRefused
   */
  execute(drill: Drill, goesOn: () => boolean): Promise<DrillReport | undefined> {
    const from = this.clock.now();
    const { workspaceId, platform, region, durationSeconds } = drill;
    const outage: ImaginedOutage = {
      workspaceId,
      platform,
      from,
      until: plusMs(from, durationSeconds * SECOND_MS),
      ...(region === undefined ? {} : { region }),
    };
    return drill.kind === 'dry_run'
      ? this.dryRun.execute(drill, outage, goesOn)
      : this.sandbox.execute(drill, outage, goesOn);
  }
}
