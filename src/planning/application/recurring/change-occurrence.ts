import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { contentSourceOf } from '../../../publishing/domain/targets/content-source.js';
import { assertNoFindings, type Finding } from '../../domain/finding.js';
import {
  changedOccurrence,
  MAX_CHANGES,
  mergeChange,
  type OccurrenceWish,
} from '../../domain/recurring/change-occurrence.js';
import { occurrenceNamed } from '../../domain/recurring/occurrences.js';
import { targetsOfRun } from '../../domain/recurring/planned-run.js';
import type { OccurrenceChange, RecurrenceOccurrence } from '../../domain/recurring/recurrence.js';
import { OccurrenceChanges, Recurrences, type StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { noOccurrence, noRecurrence, occurrencePast, tooManyChanges } from '../../domain/recurring/recurring.errors.js';
import { formatWallTime, type WallTime } from '../../domain/wall-time.js';
import { ReviewSchedule } from '../review-schedule.js';
import type { ActingRef } from '../run-post.js';
import { ReplanRecurrence } from './replan-recurrence.js';
import { wordFindings } from '../../domain/recurring/word-findings.js';

/** Skips, moves, edits and locks single occurrences, and takes that back. */
@Injectable()
export class ChangeOccurrence {
  constructor(
    private readonly library: PostLibrary,
    private readonly recurrences: Recurrences,
    private readonly changes: OccurrenceChanges,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly replan: ReplanRecurrence,
    private readonly clock: Clock,
  ) {}

  /**
   * @param localTime the occurrence's name: its original local time
   * @returns the occurrence as it is now; undefined when it was there only for what was taken back
   * @throws DomainError `recurrence.not_found`, `recurrence.no_occurrence`, `recurrence.occurrence_past`,
   * `recurrence.time_taken`, `recurrence.run_touched`, `recurrence.too_many_changes`, `schedule.in_past`, `content.invalid`
   */
  async execute(
    { workspaceId, postId, actor }: ActingRef,
    localTime: WallTime,
    wish: OccurrenceWish,
    tx: Tx,
  ): Promise<RecurrenceOccurrence | undefined> {
    const post = await this.library.lock({ workspaceId, postId }, tx);
    const stored = await this.recurrences.lock(workspaceId, postId, tx);
    if (!stored) throw noRecurrence(postId);
    const known = (await this.changes.of(workspaceId, [stored.id], tx)).get(stored.id) ?? [];
    this.assertComing(stored, known, localTime);
    const change = mergeChange(
      localTime,
      known.find((one) => one.localTime === localTime),
      wish,
    );
    const next = [...known.filter((one) => one.localTime !== localTime), ...(change ? [change] : [])];
    if (next.length > MAX_CHANGES) throw tooManyChanges(MAX_CHANGES);
    const occurrence = changedOccurrence(stored.recurrence, next, localTime, this.clock.now());
    if (change?.words) assertNoFindings(await this.wordsOf({ stored, post }, change, tx));
    if (change) await this.changes.put(workspaceId, stored.id, change, tx);
    else await this.changes.remove(workspaceId, stored.id, localTime, tx);
    await this.replan.execute({ stored, post, actor, subject: localTime }, tx);
    return occurrence;
  }

  private assertComing(
    { recurrence }: StoredRecurrence,
    changes: readonly OccurrenceChange[],
    localTime: WallTime,
  ): void {
    const occurrence = occurrenceNamed(recurrence, changes, localTime);
    if (!occurrence) throw noOccurrence(formatWallTime(localTime));
    if (occurrence.at <= this.clock.now()) throw occurrencePast(formatWallTime(localTime));
  }

  /** What the platforms say about the words of this run; whether accounts can post is not the question here. */
  private async wordsOf(
    { stored, post }: { readonly stored: StoredRecurrence; readonly post: StoredPost },
    change: OccurrenceChange,
    tx: Tx,
  ): Promise<readonly Finding[]> {
    const unstorable = wordFindings(change.words ?? {});
    if (unstorable.length > 0) return unstorable;
    const { workspaceId, id: postId } = post;
    const schedule = { publishNow: true, targets: targetsOfRun(stored.targets, change.words) };
    const { findings } = await this.reviewSchedule.execute(
      { workspaceId, schedule, source: contentSourceOf(post), postId },
      tx,
    );
    return findings.filter(({ code }) => code === 'content.invalid').map(ofTheRun);
  }
}

/** The request names no account: `targets.0.caption` is its `caption`. */
const ofTheRun = (finding: Finding): Finding => ({
  ...finding,
  violation: { ...finding.violation, field: finding.violation.field.replace(/^targets\.\d+\./, '') },
});
