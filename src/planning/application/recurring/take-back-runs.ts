import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { Tx } from '../../../kernel/transaction.js';
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
import { FindDisplacedRuns } from './find-displaced-runs.js';

/** A recurrence, its post locked, and who acts on it. */
export interface ActedRecurrence {
  readonly stored: StoredRecurrence;
  readonly actor: string;
}

/** What is known already of why runs may fit no more. */
export interface Reason {
  /** The occurrence that a person changes at this moment: judged all the same. */
  readonly subject?: WallTime | undefined;
  /** False: nothing of the post's recycling matters, so that no run hangs on another. */
  readonly isHeldBack?: boolean;
}

/** Takes planned runs back. What somebody touched (published, tried, cancelled, moved) stays. */
@Injectable()
export class TakeBackRuns {
  constructor(
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly displaced: FindDisplacedRuns,
    private readonly withdrawRuns: WithdrawRuns,
    private readonly clock: Clock,
  ) {}

  /**
   * Those that the recurrence would not plan so any more, also since the zone got other rules. What a person changed or
   * locked stays.
   * @throws DomainError `recurrence.run_touched` when `subject` itself cannot be taken back
   */
  async unfit({ stored, actor }: ActedRecurrence, { subject, isHeldBack }: Reason, tx: Tx): Promise<void> {
    const { changes, planned } = await this.planned(stored, tx);
    const unfit = misfits({ wish: stored, changes }, planned, subject);
    const gone = await this.withdraw({ stored, actor }, unfit, tx);
    const stuck = unfit.some(({ localTime, occurrenceId }) => localTime === subject && !gone.has(occurrenceId));
    if (stuck && subject !== undefined) throw runTouched(formatWallTime(subject));
    if (stored.isPaused || isHeldBack === false) return;
    // Only now: those that are gone hold nothing back any more.
    const fit = planned.filter((run) => !unfit.includes(run));
    const displaced = await this.displaced.execute({ stored, changes, planned: fit, subject }, tx);
    await this.withdraw({ stored, actor }, displaced, tx);
  }

  /** All that are still to come, except what is locked. */
  async all({ stored, actor }: ActedRecurrence, tx: Tx): Promise<void> {
    const { changes, planned } = await this.planned(stored, tx);
    const locked = new Set(changes.filter(({ isLocked }) => isLocked).map(({ localTime }) => localTime));
    const open = planned.filter(({ localTime }) => !locked.has(localTime));
    await this.withdraw({ stored, actor }, open, tx);
  }

  private async planned({ workspaceId, id }: StoredRecurrence, tx: Tx) {
    const changes = (await this.changes.of(workspaceId, [id], tx)).get(id) ?? [];
    return { changes, planned: await this.runs.since(workspaceId, [id], this.clock.now(), tx) };
  }

  private async withdraw(
    { stored: { workspaceId }, actor }: ActedRecurrence,
    runs: readonly RecurrenceRun[],
    tx: Tx,
  ): Promise<ReadonlySet<string>> {
    const occurrenceIds = runs.map(({ occurrenceId }) => occurrenceId);
    const gone = await this.withdrawRuns.execute({ workspaceId, occurrenceIds, actor }, tx);
    await this.runs.release(workspaceId, [...gone], tx);
    return gone;
  }
}
