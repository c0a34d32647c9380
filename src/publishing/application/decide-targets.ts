import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../accounts/index.js';
import { type PlatformState, worseOf } from '../../health/domain/health-state.js';
import { CanaryTokens, HealthView } from '../../health/index.js';
import type { Tx } from '../../kernel/transaction.js';
import { decide } from '../../routing/domain/decide.js';
import type { RouteDecision } from '../../routing/domain/route-decision.js';
import type { RouteFacts, Trouble } from '../../routing/domain/route-facts.js';
import type { TargetRecord } from '../domain/target-record.js';
import { Engine } from './engine.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';

/** One target with what routing says about it. */
export interface DecidedTarget {
  readonly target: TargetRecord;
  readonly decision: RouteDecision;
}

const HEALTHY: RouteDecision = {
  kind: 'publish',
  reasons: [{ code: 'platform_healthy', text: 'Platform and account are well.' }],
};

/** Asks the pure router for many targets, with health as this process sees it. */
@Injectable()
export class DecideTargets {
  constructor(
    private readonly gather: GatherFacts,
    private readonly accounts: AccountDirectory,
    private readonly health: HealthView,
    private readonly canaries: CanaryTokens,
    private readonly engine: Engine,
  ) {}

  async execute(
    targets: readonly TargetRecord[],
    trouble: Trouble = 'none',
    tx?: Tx,
  ): Promise<readonly DecidedTarget[]> {
    const well = trouble === 'none' ? await this.withoutTrouble(targets, tx) : new Set<string>();
    const facts = await this.gather.execute(
      targets.filter((target) => !well.has(target.id)),
      tx,
    );
    const workspaces = await this.platformsOf(facts, tx);
    const admitted = await this.admit(facts, tx);
    const now = this.engine.now();
    const asked = facts.map((item) => {
      const workspacePlatforms = workspaces.get(item.target.workspaceId) ?? [];
      const routeFacts = this.routeFacts(item, { trouble, admitted: admitted.has(item.target.id), workspacePlatforms });
      return { target: item.target, decision: decide(routeFacts, now) };
    });
    const fine = targets.filter((target) => well.has(target.id)).map((target) => ({ target, decision: HEALTHY }));
    return [...fine, ...asked];
  }

  /** The usual case, decided without reading routes: a fresh target of an active account on a healthy platform. */
  private async withoutTrouble(targets: readonly TargetRecord[], tx?: Tx): Promise<ReadonlySet<string>> {
    const now = this.engine.now();
    const ids = [...new Set(targets.map((target) => target.accountId))];
    const accounts = new Map((await this.accounts.findMany(ids, tx)).map((account) => [account.id as string, account]));
    const well = targets.filter((target) => {
      const account = accounts.get(target.accountId);
      if (account?.status !== 'active' || now >= target.staleAt) return false;
      return this.health.stateOf(account.platform, account.region, account.workspaceId).state === 'healthy';
    });
    return new Set(well.map((target) => target.id));
  }

  /**
   * Of the targets for a recovering platform only its share may go; the one that stays fresh longest goes first.
   * A share of less than one target is one token per step of the ramp, given once in the cluster.
   */
  private async admit(facts: readonly TargetFacts[], tx?: Tx): Promise<ReadonlySet<string>> {
    const recovering = facts.filter((item) => this.stateOf(item)?.state === 'recovering');
    const admitted: string[] = [];
    for (const group of Map.groupBy(recovering, (item) => `${item.target.platform}|${item.account?.region}`).values()) {
      const [first] = group;
      if (!first?.account) continue;
      const latestStaleFirst = group.toSorted((a, b) => b.target.staleAt.getTime() - a.target.staleAt.getTime());
      const share = Math.floor((this.stateOf(first)?.rampShare ?? 0) * group.length);
      const { platform, region } = first.account;
      const admits = share > 0 ? share : Number(await this.canaries.take(platform, region, tx));
      admitted.push(...latestStaleFirst.slice(0, admits).map((item) => item.target.id));
    }
    return new Set(admitted);
  }

  private stateOf({ account }: TargetFacts): PlatformState | undefined {
    return account && this.health.stateOf(account.platform, account.region, account.workspaceId);
  }

  private async platformsOf(
    facts: readonly TargetFacts[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RouteFacts['workspacePlatforms']>> {
    const found = new Map<string, RouteFacts['workspacePlatforms']>();
    for (const workspaceId of new Set(facts.map((item) => item.target.workspaceId))) {
      const active = (await this.accounts.list(workspaceId, tx)).filter((account) => account.status === 'active');
      const byPlatform = Map.groupBy(active, (account) => account.platform);
      const states = [...byPlatform].map(([platform, accounts]) => ({
        platform,
        state: accounts
          .map((account) => this.health.stateOf(platform, account.region, workspaceId).state)
          .reduce(worseOf),
      }));
      found.set(workspaceId, states);
    }
    return found;
  }

  private routeFacts(
    { target, account, route, fallbacks }: TargetFacts,
    asked: Pick<RouteFacts, 'trouble' | 'workspacePlatforms'> & { readonly admitted: boolean },
  ): RouteFacts {
    const { role, scheduledAt, staleAt, accountId, workspaceId, platform } = target;
    const health = account && this.health.stateOf(platform, account.region, workspaceId);
    return {
      target: { role, scheduledAt, staleAt, accountId, triedAccountIds: [] },
      route,
      trouble: asked.trouble,
      workspacePlatforms: asked.workspacePlatforms,
      timing: this.engine.settings.routing,
      origin: {
        platform,
        state: health?.state ?? 'healthy',
        admitted: asked.admitted,
        accountStatus: account?.status ?? 'disconnected',
        ...(health?.reason ? { because: health.reason } : {}),
      },
      fallbacks: fallbacks.map((item) => ({
        accountId: item.account.id,
        platform: item.account.platform,
        state: this.health.stateOf(item.account.platform, item.account.region, workspaceId).state,
        accountStatus: item.account.status,
        fits: item.fits,
        carriesOccurrence: item.carriesOccurrence,
        usedPostWithinCooldown: item.usedRecently,
      })),
    };
  }
}
