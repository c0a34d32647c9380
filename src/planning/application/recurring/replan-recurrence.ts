import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { StoredPost } from '../../../library/index.js';
import type { WallTime } from '../../domain/wall-time.js';
import { PlanningSettings } from '../../planning-settings.js';
import { MaterialiseRecurrences } from './materialise-recurrences.js';
import { type ActedRecurrence, TakeBackRuns } from './take-back-runs.js';

/** A recurrence that has just been changed, its post locked. */
export interface ChangedRecurrence extends ActedRecurrence {
  readonly post: StoredPost;
  /** The one occurrence that a person changed; absent: the recurrence as a whole. */
  readonly subject?: WallTime;
}

/** After a change: takes back planned runs that do not fit any more and plans what is missing up to the horizon. */
@Injectable()
export class ReplanRecurrence {
  constructor(
    private readonly takeBack: TakeBackRuns,
    private readonly materialise: MaterialiseRecurrences,
    private readonly settings: PlanningSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs that somebody touched (published, tried, cancelled, moved) stay, and so do changed and locked ones.
   * @throws DomainError `recurrence.run_touched` when `subject` itself cannot be taken back
   */
  async execute({ stored, post, actor, subject }: ChangedRecurrence, tx: Tx): Promise<void> {
    await this.takeBack.unfit({ stored, actor }, { subject }, tx);
    if (stored.isPaused || post.pausedAt) return;
    const until = plusMs(this.clock.now(), this.settings.horizonMs);
    const work = { workspaceId: stored.workspaceId, recurrences: [stored], posts: [post], until, actor };
    await this.materialise.execute(work, tx);
  }
}
