import { Injectable } from '@nestjs/common';
import { AccountDirectory, type QuotaLeft, Quotas } from '../../../accounts/index.js';
import { type PlatformState, worseOf } from '../../../health/domain/health-state.js';
import { CanaryTokens, HealthView } from '../../../health/index.js';
import type { Tx } from '../../../kernel/transaction.js';
import { decide } from '../../../routing/domain/decide.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { RouteFacts, Trouble } from '../../../routing/domain/route-facts.js';
import { pauseOf } from '../../domain/pauses/switches.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { admissionOrder, isUntroubled, routeFactsOf } from '../../domain/rerouting/route-facts.policy.js';
import { healthOfAccount, isByHand } from './account-health.js';
import { Engine } from '../engine.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';

/** One target with what routing says about it. */
export interface DecidedTarget {
  readonly target: TargetRecord;
  readonly decision: RouteDecision;
}

const NONE: ReadonlyMap<string, Date> = new Map();

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
    private readonly quotas: Quotas,
  ) {}

  async execute(
    targets: readonly TargetRecord[],
    trouble: Trouble = 'none',
    tx?: Tx,
  ): Promise<readonly DecidedTarget[]> {
    const well = trouble === 'none' ? await this.withoutTrouble(targets, tx) : new Set<string>();
    const rest = targets.filter((target) => !well.has(target.id));
    const asked = await this.ask(rest, { trouble, resets: NONE }, tx);
    const fine = targets.filter((target) => well.has(target.id)).map((target) => ({ target, decision: HEALTHY }));
    return [...fine, ...asked];
  }

  /** For targets that got no place in their quotas. @param resets when each may ask again, by target */
  withoutQuota(targets: readonly TargetRecord[], resets: ReadonlyMap<string, Date>): Promise<readonly DecidedTarget[]> {
    return this.ask(targets, { trouble: 'none', resets });
  }

  private async ask(
    targets: readonly TargetRecord[],
    { trouble, resets }: { readonly trouble: Trouble; readonly resets: ReadonlyMap<string, Date> },
    tx?: Tx,
  ): Promise<readonly DecidedTarget[]> {
    const facts = await this.gather.execute(targets, tx);
    const left = await this.quotaOf(facts, tx);
    const workspaces = await this.platformsOf(facts, tx);
    const resetsOf = ({ target }: TargetFacts) => resets.get(target.id) ?? waitsForQuota(target, left);
    // What cannot go anyway must not use up the tokens of a ramp: they are there to learn something.
    const admitted = await this.admit(
      facts.filter((item) => !resetsOf(item) && !item.paused),
      tx,
    );
    const now = this.engine.now();
    const around = { trouble, timing: this.engine.settings.routing, healthOf: this.healthOf };
    return facts.map((item) => {
      const workspacePlatforms = workspaces.get(item.target.workspaceId) ?? [];
      const quotaResetsAt = resetsOf(item);
      const about = { ...around, admitted: admitted.has(item.target.id), workspacePlatforms, left, quotaResetsAt };
      return { target: item.target, decision: decide(routeFactsOf(item, about), now) };
    });
  }

  /** What the accounts have left that a target may go to, or waits for. */
  private quotaOf(facts: readonly TargetFacts[], tx?: Tx): Promise<ReadonlyMap<string, QuotaLeft>> {
    const accounts = facts.flatMap(({ target, account, fallbacks }) => [
      ...fallbacks.map((fallback) => fallback.account),
      ...(account && target.holdReason === 'quota' ? [account] : []),
    ]);
    // A person uses no call of ours: the app's spent quota does not concern them.
    const holders = new Map(
      accounts.filter((account) => !isByHand(account)).map(({ id, platform }) => [id, { id, platform }]),
    );
    return this.quotas.left([...holders.values()], this.engine.now(), tx);
  }

  /** The usual case, decided without reading routes: a fresh target of an active account on a healthy platform. */
  private async withoutTrouble(targets: readonly TargetRecord[], tx?: Tx): Promise<ReadonlySet<string>> {
    const now = this.engine.now();
    const ids = [...new Set(targets.map((target) => target.accountId))];
    const accounts = new Map((await this.accounts.findMany(ids, tx)).map((account) => [account.id as string, account]));
    const switches = await this.gather.switches(targets, tx);
    const well = targets.filter((target) => {
      const account = accounts.get(target.accountId);
      return !pauseOf(switches, target, account) && isUntroubled(target, account, { now, state: this.healthOf });
    });
    return new Set(well.map((target) => target.id));
  }

  /**
   * Of the targets for a recovering platform only its share may go; the one that stays fresh longest goes first.
   * A share of less than one target is one token per step of the ramp, given once in the cluster. What was let through
   * when it was released is not asked for a second one at its due instant.
   */
  private async admit(facts: readonly TargetFacts[], tx?: Tx): Promise<ReadonlySet<string>> {
    const recovering = facts.filter(({ account }) => account && this.healthOf(account).state === 'recovering');
    const through = await this.gather.letThrough(
      recovering.map(({ target }) => target),
      tx,
    );
    const admitted = [...through];
    const asking = recovering.filter(({ target }) => !through.has(target.id));
    for (const group of Map.groupBy(asking, (item) => `${item.target.platform}|${item.account?.region}`).values()) {
      const [first] = group;
      if (!first?.account) continue;
      const { order, count } = admissionOrder(group, this.healthOf(first.account).rampShare);
      const { platform, region } = first.account;
      const admits = count > 0 ? count : Number(await this.canaries.take(platform, region, tx));
      admitted.push(...order.slice(0, admits).map((item) => item.target.id));
    }
    return new Set(admitted);
  }

  private readonly healthOf = (account: AccountFacts): PlatformState => healthOfAccount(this.health, account);

  private async platformsOf(
    facts: readonly TargetFacts[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RouteFacts['workspacePlatforms']>> {
    const found = new Map<string, RouteFacts['workspacePlatforms']>();
    for (const workspaceId of new Set(facts.map((item) => item.target.workspaceId))) {
      // Panic is about platforms that publish by themselves.
      const automatic = (await this.accounts.list(workspaceId, tx)).filter(
        (account) => account.status === 'active' && !isByHand(account),
      );
      const byPlatform = Map.groupBy(automatic, (account) => account.platform);
      const states = [...byPlatform].map(([platform, accounts]) => ({
        platform,
        state: accounts.map((account) => this.healthOf(account).state).reduce(worseOf),
      }));
      found.set(workspaceId, states);
    }
    return found;
  }
}

/** Until when a target that waits for quota still has none; a target that is armed holds its own place. */
const waitsForQuota = (target: TargetRecord, left: ReadonlyMap<string, QuotaLeft>): Date | undefined => {
  const quota = target.holdReason === 'quota' ? left.get(target.accountId) : undefined;
  return quota?.left === 0 ? quota.resetsAt : undefined;
};
