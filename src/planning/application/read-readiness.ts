import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { type TokenEnd, TokenEnds } from '../../accounts/index.js';
import { tokenRisk } from '../../accounts/domain/token-risk.policy.js';
import { Clock } from '../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../kernel/durations.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { PostLibrary } from '../../library/index.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import { TargetReader } from '../../publishing/index.js';
import type { Route } from '../../routing/domain/route.js';
import { RouteReader } from '../../routing/index.js';
import { type NextStep, nextSteps, type RiskyToken } from '../domain/next-steps.js';
import { type ExposedAccount, exposedAccounts, type ExposedTarget, exposedTargets } from '../domain/readiness.js';
import { ReviewSchedule } from './review-schedule.js';

/** Waiting targets looked at in one answer. */
const MAX_WAITING = 1_000;

/** So long an outage tokens should last through. */
const OUTAGE_MS = 2 * DAY_MS;

/** Whether an outage today would find the workspace prepared. */
export interface Readiness {
  readonly accounts: readonly AccountFacts[];
  readonly checkedTargets: number;
  /** False when more targets wait than were checked. */
  readonly isComplete: boolean;
  readonly exposed: readonly ExposedTarget[];
  readonly exposedAccounts: readonly ExposedAccount[];
  readonly tokens: readonly RiskyToken[];
  readonly nextSteps: readonly NextStep[];
}

/** Looks for what an outage would strand, before there is one. */
@Injectable()
export class ReadReadiness {
  constructor(
    private readonly tokens: TokenEnds,
    private readonly library: PostLibrary,
    private readonly reader: TargetReader,
    private readonly routes: RouteReader,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly clock: Clock,
  ) {}

  async execute(workspaceId: WorkspaceId): Promise<Readiness> {
    const accounts = await this.tokens.list(workspaceId);
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
    const findings = {
      accounts,
      tokens: this.riskyTokens(accounts),
      exposed: exposedTargets(waiting, { accounts: byId, posts, routes, validate }),
      exposedAccounts: exposedAccounts(accounts, await this.routesOf(accounts), validate),
    };
    return {
      ...findings,
      checkedTargets: waiting.length,
      isComplete: waiting.length === found.length,
      nextSteps: nextSteps(findings),
    };
  }

  /** The route of a post that is about nothing in particular, by account. */
  private routesOf(accounts: readonly AccountFacts[]): Promise<ReadonlyMap<string, Route>> {
    return this.routes.forTargets(
      accounts.map(({ id, workspaceId, platform }) => ({
        targetId: `${id}`,
        workspaceId,
        postId: '',
        accountId: id,
        platform,
        tags: [],
      })),
    );
  }

  private riskyTokens(accounts: readonly TokenEnd[]): RiskyToken[] {
    const from = this.clock.now();
    return accounts.flatMap((account) => {
      const { platform, tokenExpiresAt: expiresAt } = account;
      const risk = tokenRisk(account, { platform, from, until: plusMs(from, OUTAGE_MS) });
      return risk ? [{ account, risk, ...(expiresAt ? { expiresAt } : {}) }] : [];
    });
  }

  private async waiting(workspaceId: WorkspaceId): Promise<TargetSummary[]> {
    const lists = (['scheduled', 'held'] as const).map((status) =>
      this.reader.list(workspaceId, { status }, { limit: MAX_WAITING }),
    );
    return (await Promise.all(lists)).flat();
  }
}
