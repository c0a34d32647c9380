import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Drill, DrillProblem } from './drill.js';
import type { PlayedLine } from './drill-report.js';
import type { PlayedResult } from './played-figures.js';
import type { QueueShape } from './queue-shape.js';

/** What became of a copy of the queue on the stage. */
export interface PlayedDrill extends Pick<PlayedResult, 'figures' | 'counts' | 'obstacles'> {
  readonly played: Omit<PlayedLine, 'copied' | 'found' | 'leftOut'>;
}

/** It could not be played; a sentence says why. Not a fault of ours to log as one. */
export class StageRefused extends Error {
  override readonly name = 'StageRefused';
  constructor(readonly problem: DrillProblem) {
    super(problem.text);
  }
}

/**
 * Plays a drill where nothing real can be reached: an instance of its own with a database of its own, whose every
 * platform address is the sandbox's and whose accounts exist only there.
 */
export abstract class DrillStages {
  /** Whether there is a sandbox to play in. */
  abstract readonly isConfigured: boolean;
  abstract plays(platform: PlatformName): boolean;
  /**
   * Builds the stage, plays, measures, and takes everything away again, whatever happens.
   * @param proceed called as it goes; false: stop early
   * @returns undefined when it was stopped early
   * @throws StageRefused
   */
  abstract play(
    drill: Drill,
    shape: QueueShape,
    proceed: (checked: number, total: number) => Promise<boolean>,
  ): Promise<PlayedDrill | undefined>;
  /** Removes what a drill left whose process was killed. The caller holds the lock of sandbox drills. */
  abstract clear(drill: Drill): Promise<void>;
}
