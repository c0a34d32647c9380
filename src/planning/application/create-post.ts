import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../library/index.js';
import { ScheduleTargets } from '../../publishing/index.js';
import { assertNoFindings } from '../domain/finding.js';
import type { PostRequest } from '../domain/post-request.js';
import { readRecycling } from '../domain/queues/recycling-request.js';
import { Variations } from '../domain/queues/variations.port.js';
import { type PostView, viewOf } from '../domain/post-view.js';
import { ReviewPost } from './review-post.js';

/** Who acts, and where. */
export interface Caller {
  readonly workspaceId: WorkspaceId;
  /** For journals: `key:<prefix>`. */
  readonly actor: string;
}

/** Stores a post and, when it has targets, its first run. */
@Injectable()
export class CreatePost {
  constructor(
    private readonly review: ReviewPost,
    private readonly library: PostLibrary,
    private readonly scheduleTargets: ScheduleTargets,
    private readonly variations: Variations,
  ) {}

  /** @throws DomainError of the first finding of the review; nothing is stored then */
  async execute({ workspaceId, actor }: Caller, request: PostRequest, tx: Tx): Promise<PostView> {
    const plan = await this.review.execute(workspaceId, request, tx);
    assertNoFindings(plan.findings);
    const post = await this.store(workspaceId, plan.request, tx);
    if (plan.targets.length === 0) return viewOf(post, []);
    const { targets: planned, routes, warnings } = plan;
    const run = { workspaceId, post, source: 'api', actor, targets: planned, ...(routes ? { routes } : {}) } as const;
    const { targets } = await this.scheduleTargets.execute(run, tx);
    return { ...viewOf(post, targets), warnings };
  }

  /** Other wordings that came with the post's recycling are kept as its variations. */
  private async store(workspaceId: WorkspaceId, request: PostRequest, tx: Tx): Promise<StoredPost> {
    if (request.recycling === undefined) return this.library.create({ ...request, workspaceId }, tx);
    const { settings, variations } = readRecycling(request.recycling, request);
    const post = await this.library.create({ ...request, recycling: { ...settings }, workspaceId }, tx);
    if (variations.length > 0) await this.variations.replace(workspaceId, post.id, variations, tx);
    return post;
  }
}
