import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../accounts/index.js';
import { Clock } from '../../kernel/clock.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { PlatformRegistry } from '../../platforms/index.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { Workspaces } from '../../workspaces/index.js';
import type { Route } from '../../routing/domain/route.js';
import { RouteReader } from '../../routing/index.js';
import { checkAccounts, checkContents } from '../domain/check-targets.js';
import { fallbackWarnings } from '../domain/fallback-warnings.js';
import { MAX_TARGETS, planSchedule, type ReviewedSchedule, type ScheduleRequest } from '../domain/plan-schedule.js';
import { type WayOut, waysOut, type WaysOutFacts } from '../domain/ways-out.js';

/** A run to be judged. */
export interface ScheduleToReview {
  readonly workspaceId: WorkspaceId;
  readonly schedule: ScheduleRequest;
  /** What would be published; undefined when there is no video to judge. */
  readonly source: ContentSource | undefined;
  /** Of a post that is there already; a new one has no route of its own. */
  readonly postId?: string;
}

/** Judges a run against the clock, the workspace's accounts and their platforms' limits. Stores nothing. */
@Injectable()
export class ReviewSchedule {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly accounts: AccountDirectory,
    private readonly platforms: PlatformRegistry,
    private readonly clock: Clock,
    private readonly routes: RouteReader,
  ) {}

  async execute(wish: ScheduleToReview, tx?: Tx): Promise<ReviewedSchedule> {
    const { workspaceId, schedule, source } = wish;
    const facts = { now: this.clock.now(), defaultZone: await this.defaultZone(workspaceId, schedule, tx) };
    const plan = planSchedule(schedule, facts);
    if (schedule.targets.length === 0 || schedule.targets.length > MAX_TARGETS) return { ...plan, targets: [] };
    const accounts = await this.accountsOf(workspaceId, schedule, tx);
    const content = source ? checkContents(schedule.targets, accounts, { source, validate: this.validate }) : [];
    const targets = plan.targets.flatMap((target) => {
      const platform = accounts.get(target.accountId)?.platform;
      return platform ? [{ ...target, platform }] : [];
    });
    const routes = await this.routesOf(wish, accounts, tx);
    const ways = await this.waysOutOf(wish, { accounts, routes }, tx);
    return {
      targets,
      routes,
      waysOut: ways,
      findings: [...plan.findings, ...checkAccounts(schedule.targets, accounts), ...content],
      warnings: [...plan.warnings, ...fallbackWarnings(ways)],
    };
  }

  /** By account. */
  private async routesOf(
    { workspaceId, source, postId = '' }: ScheduleToReview,
    accounts: ReadonlyMap<string, AccountFacts>,
    tx?: Tx,
  ): Promise<ReadonlyMap<string, Route>> {
    const asked = [...accounts.values()].map(({ id, platform }) => ({
      accountId: id,
      targetId: `${id}`,
      platform,
    }));
    return this.routes.forTargets(
      asked.map((question) => ({ ...question, workspaceId, postId, tags: source?.tags ?? [] })),
      tx,
    );
  }

  /** What an outage would do to this very post. */
  private async waysOutOf(
    { workspaceId, schedule, source }: ScheduleToReview,
    { accounts, routes }: Pick<WaysOutFacts, 'accounts' | 'routes'>,
    tx?: Tx,
  ): Promise<WayOut[]> {
    if (!source) return [];
    const ids = [...new Set([...routes.values()].flatMap(({ fallbacks }) => fallbacks))];
    const found = ids.length === 0 ? [] : await this.accounts.find(workspaceId, ids, tx);
    const known = new Map([...accounts, ...found.map((account) => [account.id, account] as const)]);
    const targets = schedule.targets.map(({ accountId }, index) => ({ accountId, index }));
    return waysOut(targets, { accounts: known, routes, source, validate: this.validate });
  }

  /** What each platform says about a draft. */
  readonly validate: Parameters<typeof checkContents>[2]['validate'] = (platform, draft) =>
    this.platforms.get(platform).validate(draft);

  private async defaultZone(workspaceId: WorkspaceId, { timezone, targets }: ScheduleRequest, tx?: Tx) {
    if (timezone !== undefined) return timezone;
    return targets.length === 0 ? 'UTC' : (await this.workspaces.get(workspaceId, tx)).timeZone;
  }

  private async accountsOf(
    workspaceId: WorkspaceId,
    { targets }: ScheduleRequest,
    tx?: Tx,
  ): Promise<ReadonlyMap<string, AccountFacts>> {
    const ids = [...new Set(targets.map(({ accountId }) => accountId))];
    const found = await this.accounts.find(workspaceId, ids, tx);
    return new Map(found.map((account) => [account.id, account]));
  }
}
