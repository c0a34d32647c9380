import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { StoredPost } from '../../../library/index.js';
import { WithdrawRuns } from '../../../publishing/index.js';
import { misfits } from '../../domain/recurring/plan-runs.js';
import {
  OccurrenceChanges,
  type RecurrenceRun,
  RecurrenceRuns,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';
import { runTouched } from '../../domain/recurring/recurring.errors.js';
import { formatWallTime, type WallTime } from '../../domain/wall-time.js';
import { PlanningSettings } from '../../planning-settings.js';
import { MaterialiseRecurrences } from './materialise-recurrences.js';

/** A recurrence that has just been changed, its post locked. */
export interface ChangedRecurrence {
  readonly stored: StoredRecurrence;
  readonly post: StoredPost;
  readonly actor: string;
  /** The one occurrence that a person changed; absent: the recurrence as a whole. */
  readonly subject?: WallTime;
}

/** After a change: takes back planned runs that do not fit any more and plans what is missing up to the horizon. */
@Injectable()
export class ReplanRecurrence {
  constructor(
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly withdrawRuns: WithdrawRuns,
    private readonly materialise: MaterialiseRecurrences,
    private readonly settings: PlanningSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs that somebody touched (published, tried, cancelled, moved) stay, and so do changed and locked ones.
   * @throws DomainError `recurrence.run_touched` when `subject` itself cannot be taken back
   */
  async execute(changed: ChangedRecurrence, tx: Tx): Promise<void> {
    const { stored, post, actor, subject } = changed;
    const { workspaceId, id } = stored;
    const changes = (await this.changes.of(workspaceId, [id], tx)).get(id) ?? [];
    const planned = await this.runs.since(workspaceId, [id], this.clock.now(), tx);
    const unfit = misfits({ wish: stored, changes }, planned, subject);
    const gone = await this.withdraw({ stored, actor }, unfit, tx);
    const stuck = unfit.some(({ localTime, occurrenceId }) => localTime === subject && !gone.has(occurrenceId));
    if (stuck && subject !== undefined) throw runTouched(formatWallTime(subject));
    if (stored.isPaused || post.pausedAt) return;
    const until = plusMs(this.clock.now(), this.settings.horizonMs);
    await this.materialise.execute({ workspaceId, recurrences: [stored], posts: [post], until, actor }, tx);
  }

  /** Takes back everything that is still to come, except what is locked. */
  async end({ stored, actor }: Omit<ChangedRecurrence, 'post' | 'subject'>, tx: Tx): Promise<void> {
    const { workspaceId, id } = stored;
    const changes = (await this.changes.of(workspaceId, [id], tx)).get(id) ?? [];
    const locked = new Set(changes.filter(({ isLocked }) => isLocked).map(({ localTime }) => localTime));
    const planned = await this.runs.since(workspaceId, [id], this.clock.now(), tx);
    await this.withdraw(
      { stored, actor },
      planned.filter(({ localTime }) => !locked.has(localTime)),
      tx,
    );
  }

  private async withdraw(
    { stored: { workspaceId }, actor }: Pick<ChangedRecurrence, 'stored' | 'actor'>,
    runs: readonly RecurrenceRun[],
    tx: Tx,
  ): Promise<ReadonlySet<string>> {
    const occurrenceIds = runs.map(({ occurrenceId }) => occurrenceId);
    const gone = await this.withdrawRuns.execute({ workspaceId, occurrenceIds, actor }, tx);
    await this.runs.release(workspaceId, [...gone], tx);
    return gone;
  }
}
