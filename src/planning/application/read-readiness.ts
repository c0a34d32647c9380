import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../accounts/index.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { PostLibrary } from '../../library/index.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import { TargetReader } from '../../publishing/index.js';
import { RouteReader } from '../../routing/index.js';
import { type ExposedTarget, exposedTargets } from '../domain/readiness.js';
import { ReviewSchedule } from './review-schedule.js';

/** Waiting targets looked at in one answer. */
const MAX_WAITING = 1_000;

/** Whether an outage today would find the workspace prepared. */
export interface Readiness {
  readonly accounts: readonly AccountFacts[];
  readonly checkedTargets: number;
  /** False when more targets wait than were checked. */
  readonly isComplete: boolean;
  readonly exposed: readonly ExposedTarget[];
}

/** Looks for what an outage would strand, before there is one. */
@Injectable()
export class ReadReadiness {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly library: PostLibrary,
    private readonly reader: TargetReader,
    private readonly routes: RouteReader,
    private readonly reviewSchedule: ReviewSchedule,
  ) {}

  async execute(workspaceId: WorkspaceId): Promise<Readiness> {
    const accounts = await this.accounts.list(workspaceId);
    const found = await this.waiting(workspaceId);
    const waiting = found.slice(0, MAX_WAITING);
    const postIds = [...new Set(waiting.map(({ postId }) => postId))];
    const posts = new Map((await this.library.snapshots(workspaceId, postIds)).map((post) => [post.id, post]));
    const routes = await this.routes.forTargets(
      waiting.map(({ id, postId, accountId, platform }) => ({
        targetId: id,
        workspaceId,
        postId,
        accountId,
        platform,
        tags: posts.get(postId)?.tags ?? [],
      })),
    );
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const { validate } = this.reviewSchedule;
    return {
      accounts,
      checkedTargets: waiting.length,
      isComplete: waiting.length === found.length,
      exposed: exposedTargets(waiting, { accounts: byId, posts, routes, validate }),
    };
  }

  private async waiting(workspaceId: WorkspaceId): Promise<TargetSummary[]> {
    const lists = (['scheduled', 'held'] as const).map((status) =>
      this.reader.list(workspaceId, { status }, { limit: MAX_WAITING }),
    );
    return (await Promise.all(lists)).flat();
  }
}
