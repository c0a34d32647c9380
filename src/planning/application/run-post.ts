import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import { PostLibrary, type PostRef } from '../../library/index.js';
import { contentSourceOf } from '../../publishing/domain/targets/content-source.js';
import { RetryTargets, ScheduleTargets, TargetReader } from '../../publishing/index.js';
import { assertNoFindings } from '../domain/finding.js';
import type { ScheduleRequest } from '../domain/plan-schedule.js';
import { noTargets, notEvergreen, postPaused } from '../domain/planning.errors.js';
import { hasRun, type PostView, viewOf } from '../domain/post-view.js';
import { ReviewSchedule } from './review-schedule.js';

/** A post and who acts on it. */
export type ActingRef = PostRef & { readonly actor: string };

/** Sends a post out: the first run of a draft, the next of an evergreen post, or what failed once more. */
@Injectable()
export class RunPost {
  constructor(
    private readonly library: PostLibrary,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly scheduleTargets: ScheduleTargets,
    private readonly retryTargets: RetryTargets,
    private readonly reader: TargetReader,
  ) {}

  /**
   * Starts a new occurrence.
   * @throws DomainError `post.not_found`, `post.not_evergreen`, `post.paused`, and the first finding of the review
   */
  async execute(ref: ActingRef, schedule: ScheduleRequest, tx: Tx): Promise<PostView> {
    const { workspaceId, actor } = ref;
    const post = await this.library.lock(ref, tx);
    if (post.pausedAt) throw postPaused(post.id);
    if (post.kind === 'one_shot' && hasRun(await this.targetsOf(ref, tx))) throw notEvergreen(post.id);
    if (schedule.targets.length === 0) throw noTargets();
    const wish = { workspaceId, schedule, source: contentSourceOf(post), postId: post.id };
    const plan = await this.reviewSchedule.execute(wish, tx);
    assertNoFindings(plan.findings);
    const { targets, routes, warnings } = plan;
    const run = { workspaceId, post, source: 'api', actor, targets, ...(routes ? { routes } : {}) } as const;
    await this.scheduleTargets.execute(run, tx);
    return { ...viewOf(post, await this.targetsOf(ref, tx)), warnings };
  }

  /**
   * Sends failed and missed targets again.
   * @throws DomainError `post.not_found`, `post.nothing_to_retry`
   */
  async retry(ref: ActingRef, tx: Tx): Promise<PostView> {
    const post = await this.library.lock(ref, tx);
    await this.retryTargets.execute({ workspaceId: ref.workspaceId, postId: ref.postId, actor: ref.actor }, tx);
    return viewOf(post, await this.targetsOf(ref, tx));
  }

  private async targetsOf({ workspaceId, postId }: PostRef, tx: Tx) {
    return (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }
}
