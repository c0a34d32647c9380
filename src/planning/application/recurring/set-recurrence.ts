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
import { notRecurring, recurrenceChanged } from '../../domain/recurring/recurring.errors.js';
import { wordFindings } from '../../domain/recurring/word-findings.js';
import { closeRunWarnings } from '../../domain/recurring/close-runs.js';
import { layered, recyclingOf } from '../../domain/queues/recycling.js';
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

/** Makes an evergreen post recur, or changes how. */
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
    const close = closeRunWarnings(recurrence, review.platforms, recyclingOf(layered(post.recycling, []), 1));
    return { stored: planned, warnings: [...checked.warnings, ...review.warnings, ...close] };
  }

  /** Accounts and words as for a run at this moment: when is judged by the rule. */
  private async reviewTargets(post: StoredPost, targets: readonly RecurrenceTarget[], tx: Tx) {
    if (targets.length === 0) throw noTargets();
    const { workspaceId, id: postId } = post;
    const schedule = { publishNow: true, targets };
    const review = { workspaceId, schedule, source: contentSourceOf(post), postId };
    const { findings, warnings, targets: reviewed } = await this.reviewSchedule.execute(review, tx);
    const words = targets.flatMap((target, index) => wordFindings(target, `targets.${index}.`));
    const platformOf = new Map(reviewed.map(({ accountId, platform }) => [`${accountId}`, platform]));
    const platforms = targets.map(({ accountId }) => platformOf.get(accountId));
    return { findings: [...words, ...findings], warnings, platforms };
  }
}
