import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { ScheduleTargets } from '../../../publishing/index.js';
import type { TargetSummary } from '../../../publishing/domain/targets/target-summary.js';
import { type Finding, finding, type Warning } from '../../domain/finding.js';
import type { ReviewedSchedule } from '../../domain/plan-schedule.js';
import type { PostRequest } from '../../domain/post-request.js';
import type { Caller } from '../create-post.js';
import { type ReviewFacts, ReviewPosts } from './review-posts.js';

/** What became of one of many posts. */
export type PostVerdict =
  | { readonly post: StoredPost; readonly targets: readonly TargetSummary[]; readonly warnings: readonly Warning[] }
  | { readonly findings: readonly Finding[] };

/** Many posts to be stored. */
export interface PostBatch {
  readonly requests: readonly PostRequest[];
  readonly facts: ReviewFacts;
  /** True: none is stored when one cannot be. */
  readonly isAllOrNothing?: boolean;
}

interface Judged {
  readonly index: number;
  readonly request: PostRequest;
  readonly plan: ReviewedSchedule;
}

/** Stores many posts with their first runs: a statement for each kind of row, whatever their number. */
@Injectable()
export class CreatePosts {
  constructor(
    private readonly review: ReviewPosts,
    private readonly library: PostLibrary,
    private readonly scheduleTargets: ScheduleTargets,
  ) {}

  /** A verdict for each request, in order. With `isAllOrNothing` the good ones are left without findings. */
  async execute({ workspaceId, actor }: Caller, batch: PostBatch, tx: Tx): Promise<PostVerdict[]> {
    const { requests, facts, isAllOrNothing = false } = batch;
    const plans = await this.review.execute(workspaceId, requests, facts, tx);
    const verdicts: PostVerdict[] = plans.map(({ findings }) => ({ findings }));
    const good = plans.flatMap((plan, index): Judged[] =>
      plan.findings.length === 0 ? [{ index, request: plan.request, plan }] : [],
    );
    if (good.length === 0 || (isAllOrNothing && good.length < requests.length)) return verdicts;
    const stored = await this.store({ workspaceId, actor }, good, tx);
    for (const { index, verdict } of stored) verdicts[index] = verdict;
    return verdicts;
  }

  private async store({ workspaceId, actor }: Caller, good: readonly Judged[], tx: Tx) {
    const wished = good.map(({ request }) => ({ ...request, workspaceId }));
    const posts = await this.library.createMany(wished, tx);
    const runs = good.flatMap(({ plan }, place) => {
      const post = posts[place];
      return post && plan.targets.length > 0
        ? [{ place, plan: { workspaceId, post, source: 'api', actor, targets: plan.targets } as const }]
        : [];
    });
    const scheduled = await this.scheduleTargets.executeMany(
      runs.map(({ plan }) => plan),
      tx,
    );
    const targetsOf = new Map(runs.map(({ place }, index) => [place, scheduled[index]?.targets ?? []]));
    return good.map(({ index, request, plan: { warnings } }, place) => {
      const post = posts[place];
      const verdict: PostVerdict = post
        ? { post, targets: targetsOf.get(place) ?? [], warnings }
        : { findings: [mediaGone(request.mediaId)] };
      return { index, verdict };
    });
  }
}

/** Deleted between the review and the store. */
const mediaGone = (id: string): Finding => {
  const { kind, code, message } = notFound('media', id);
  return finding(code, 'mediaIds.0', message, { kind, context: { id } });
};
