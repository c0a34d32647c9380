import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import type { Route } from '../../../routing/domain/route.js';
import { RouteReader } from '../../../routing/index.js';
import { Firing } from '../../domain/firing/firing.port.js';
import { fittedDraft, type Judge, refitContent } from '../../domain/targets/frozen-content.js';
import { isStopped, pauseOf, type Switches } from '../../domain/pauses/switches.js';
import type { RoutedTarget } from '../../domain/rerouting/route-facts.policy.js';
import { RouteEvidence } from '../../domain/rerouting/route-evidence.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';

export type {
  FallbackOption as FallbackFacts,
  RoutedTarget as TargetFacts,
} from '../../domain/rerouting/route-facts.policy.js';

/** Reads the facts of many targets with a handful of statements. */
@Injectable()
export class GatherFacts {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly routes: RouteReader,
    private readonly firing: Firing,
    private readonly evidence: RouteEvidence,
    private readonly platforms: PlatformRegistry,
    private readonly engine: Engine,
  ) {}

  /** @param instead asks about this account, not about the routes' own fallbacks */
  async execute(targets: readonly TargetRecord[], tx?: Tx, instead?: string): Promise<readonly RoutedTarget[]> {
    if (targets.length === 0) return [];
    const routes = await this.routesOf(targets, tx);
    const accounts = await this.accountsOf(targets, instead === undefined ? routes : new Map(), tx, instead);
    const switches = await this.switches(targets, tx);
    const carried = await this.evidence.carriers(unique(targets.map((target) => target.occurrenceId)), tx);
    const postIds = unique(targets.map((target) => target.postId));
    const { samePostGapMs: leastMs, routing } = this.engine.settings;
    const used = await this.evidence.recentUses(postIds, this.engine.now(), { leastMs, dayMs: routing.load.dayMs }, tx);
    const evergreen = await this.evidence.evergreen(postIds, tx);
    const isCarried = new Set(carried.map((row) => `${row.occurrenceId}|${row.accountId}`));
    const isUsed = new Set(used.map((row) => `${row.postId}|${row.accountId}`));
    return targets.flatMap((target) => {
      const route = routes.get(target.id);
      if (!route) return [];
      const fallbacks = (instead === undefined ? route.fallbacks : [instead]).flatMap((id) => {
        const account = accounts.get(id);
        if (!account || account.workspaceId !== target.workspaceId || id === target.accountId) return [];
        return [
          {
            account,
            fits: this.violationsOf(target, account).length === 0,
            carriesOccurrence: isCarried.has(`${target.occurrenceId}|${id}`),
            usedRecently: isUsed.has(`${target.postId}|${id}`),
            ...(isStopped(switches, target.workspaceId, account.platform) ? { paused: true } : {}),
          },
        ];
      });
      const account = accounts.get(target.accountId);
      const paused = pauseOf(switches, target, account);
      const isEvergreen = evergreen.has(target.postId);
      return [{ target, account, route, fallbacks, isEvergreen, ...(paused ? { paused } : {}) }];
    });
  }

  /** Kill switches that may stop these targets. */
  switches(targets: readonly TargetRecord[], tx?: Tx): Promise<Switches> {
    const workspaceIds = unique(targets.map((target) => target.workspaceId));
    return this.evidence.switches({ workspaceIds, postIds: unique(targets.map((target) => target.postId)) }, tx);
  }

  /** Targets that were let through a ramp when they were released, and wait for their worker now. */
  async letThrough(targets: readonly TargetRecord[], tx?: Tx): Promise<ReadonlySet<string>> {
    const ids = targets.filter(({ status }) => status === 'scheduled').map(({ id }) => id);
    return ids.length === 0 ? new Set() : this.evidence.letThrough(ids, tx);
  }

  private async routesOf(targets: readonly TargetRecord[], tx?: Tx): Promise<ReadonlyMap<string, Route>> {
    const rootIds = unique(targets.filter((target) => target.rootId !== target.id).map((target) => target.rootId));
    const roots = new Map((await this.firing.load(rootIds, tx)).map((root) => [root.id, root]));
    const asked = targets.map((target) => {
      const { workspaceId, postId, accountId, platform, content } = roots.get(target.rootId) ?? target;
      return { targetId: target.id, workspaceId, postId, accountId, platform, tags: content.tags };
    });
    return this.routes.forTargets(asked, tx);
  }

  private async accountsOf(
    targets: readonly TargetRecord[],
    routes: ReadonlyMap<string, Route>,
    tx?: Tx,
    named?: string,
  ): Promise<ReadonlyMap<string, AccountFacts>> {
    const fallbacks = [...routes.values()].flatMap((route) => route.fallbacks);
    const ids = unique([
      ...targets.map((target) => target.accountId),
      ...fallbacks,
      ...(named === undefined ? [] : [named]),
    ]);
    return new Map((await this.accounts.findMany(ids, tx)).map((account) => [account.id, account]));
  }

  /** What the account's platform would refuse of the target's content, worded for it. */
  violationsOf(target: TargetRecord, account: AccountFacts): readonly Violation[] {
    const content = refitContent(target.content, account.platform);
    const platform = this.platforms.get(account.platform);
    const judge: Judge = (_, draft) => platform.validate(draft);
    return platform.validate(fittedDraft(content, account.platform, judge));
  }
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
