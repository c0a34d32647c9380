import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { contentSourceOf } from '../../../publishing/domain/targets/content-source.js';
import { AuditLog, Workspaces } from '../../../workspaces/index.js';
import type { Warning } from '../../domain/finding.js';
import { noTargets } from '../../domain/planning.errors.js';
import {
  acceptedRecurrence,
  checkRecurrence,
  type RecurrenceRequest,
} from '../../domain/recurring/check-recurrence.js';
import type { RecurrenceTarget } from '../../domain/recurring/planned-run.js';
import { formatRule } from '../../domain/recurring/recurrence-rule.js';
import { Recurrences, type StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { noRecurrence, notRecurring, recurrenceChanged } from '../../domain/recurring/recurring.errors.js';
import { wordFindings } from '../../domain/recurring/word-findings.js';
import { ReviewSchedule } from '../review-schedule.js';
import type { ActingRef } from '../run-post.js';
import { ReplanRecurrence } from './replan-recurrence.js';

/** What a post's recurrence is to be, as a whole. */
export interface RecurrenceToSet extends Omit<RecurrenceRequest, 'timezone'> {
  /** The workspace's when left out. */
  readonly timezone?: string;
  readonly targets: readonly RecurrenceTarget[];
  readonly isPaused: boolean;
}

/** Makes an evergreen post recur, changes how, or ends it. */
@Injectable()
export class SetRecurrence {
  constructor(
    private readonly library: PostLibrary,
    private readonly workspaces: Workspaces,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly recurrences: Recurrences,
    private readonly replan: ReplanRecurrence,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Stores the recurrence and plans its runs up to the horizon; what was planned otherwise and is untouched goes.
   * @param expectedVersion what the caller saw; undefined: whatever is there
   * @throws DomainError `post.not_found`, `post.not_evergreen`, `recurrence.changed`, and the first finding of the review;
   * nothing is stored then
   */
  async execute(
    ref: ActingRef,
    wish: RecurrenceToSet,
    tx: Tx,
  ): Promise<{ readonly stored: StoredRecurrence; readonly warnings: readonly Warning[] }> {
    const { workspaceId, postId, actor, expectedVersion } = ref;
    const post = await this.library.lock({ workspaceId, postId }, tx);
    if (post.kind !== 'evergreen') throw notRecurring(postId);
    const known = await this.recurrences.lock(workspaceId, postId, tx);
    if (expectedVersion !== undefined && expectedVersion !== (known?.version ?? 0))
      throw recurrenceChanged(known?.version ?? 0);
    const timezone = wish.timezone ?? (await this.workspaces.get(workspaceId, tx)).timeZone;
    const checked = checkRecurrence({ ...wish, timezone });
    const review = await this.reviewTargets(post, wish.targets, tx);
    const recurrence = acceptedRecurrence(checked, review.findings);
    const { targets, isPaused } = wish;
    const said = { recurrence, targets, isPaused, ruleText: formatRule(recurrence.rule) };
    const stored = await this.recurrences.put(workspaceId, postId, said, tx);
    await this.replan.execute({ stored, post, actor }, tx);
    await this.audit.append({ workspaceId, actor, action: 'recurrence.set', subjectId: postId }, tx);
    const planned = (await this.recurrences.find(workspaceId, postId, tx)) ?? stored;
    return { stored: planned, warnings: [...checked.warnings, ...review.warnings] };
  }

  /**
   * Ends the recurrence: waiting runs that nobody touched or locked are cancelled; what went out stays.
   * @throws DomainError `post.not_found`, `recurrence.not_found`
   */
  async remove({ workspaceId, postId, actor, expectedVersion }: ActingRef, tx: Tx): Promise<void> {
    await this.library.lock({ workspaceId, postId }, tx);
    const stored = await this.recurrences.lock(workspaceId, postId, tx);
    if (!stored) throw noRecurrence(postId);
    if (expectedVersion !== undefined && expectedVersion !== stored.version) throw recurrenceChanged(stored.version);
    await this.replan.end({ stored, actor }, tx);
    await this.recurrences.remove(workspaceId, stored.id, tx);
    await this.audit.append({ workspaceId, actor, action: 'recurrence.removed', subjectId: postId }, tx);
  }

  /** Accounts and words as for a run at this moment: when is judged by the rule. */
  private async reviewTargets(post: StoredPost, targets: readonly RecurrenceTarget[], tx: Tx) {
    if (targets.length === 0) throw noTargets();
    const { workspaceId, id: postId } = post;
    const schedule = { publishNow: true, targets };
    const review = { workspaceId, schedule, source: contentSourceOf(post), postId };
    const { findings, warnings } = await this.reviewSchedule.execute(review, tx);
    const words = targets.flatMap((target, index) => wordFindings(target, `targets.${index}.`));
    return { findings: [...words, ...findings], warnings };
  }
}
