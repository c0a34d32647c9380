import { Injectable } from '@nestjs/common';
import { AccountDirectory, type QuotaLeft } from '../../../accounts/index.js';
import { CanaryTokens } from '../../../health/index.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { Trouble } from '../../../routing/domain/route-facts.js';
import { decideInOrder } from '../../domain/rerouting/backlog.policy.js';
import { admissionOrder, isUntroubled, routeFactsOf } from '../../domain/rerouting/route-facts.policy.js';
import { pauseOf } from '../../domain/pauses/switches.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';
import { ReadSurroundings } from './read-surroundings.js';

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
    private readonly surroundings: ReadSurroundings,
    private readonly canaries: CanaryTokens,
    private readonly engine: Engine,
  ) {}

  /** In the order of a backlog, those without trouble first. */
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
    if (targets.length === 0) return [];
    const facts = await this.gather.execute(targets, tx);
    const around = await this.surroundings.execute(facts, tx);
    const { load, ...rest } = around;
    // One refused post is no flood: no account is full for it.
    const round = trouble === 'rejected' ? rest : { ...rest, load };
    const resetsOf = ({ target }: TargetFacts) => resets.get(target.id) ?? waitsForQuota(target, round.left);
    // What cannot go anyway must not use up the tokens of a ramp: they are there to learn something.
    const admitted = await this.admit(
      facts.filter((item) => !resetsOf(item) && !item.paused),
      tx,
    );
    return decideInOrder(
      facts,
      (item, claims) =>
        routeFactsOf(item, {
          ...round,
          trouble,
          claims,
          admitted: admitted.has(item.target.id),
          workspacePlatforms: round.platforms.get(item.target.workspaceId) ?? [],
          quotaResetsAt: resetsOf(item),
        }),
      this.engine.now(),
    );
  }

  /** The usual case, decided without reading routes: a fresh target of an active account on a healthy platform. */
  private async withoutTrouble(targets: readonly TargetRecord[], tx?: Tx): Promise<ReadonlySet<string>> {
    const now = this.engine.now();
    const ids = [...new Set(targets.map((target) => target.accountId))];
    const accounts = new Map((await this.accounts.findMany(ids, tx)).map((account) => [account.id as string, account]));
    const switches = await this.gather.switches(targets, tx);
    const state = this.surroundings.healthOf;
    const well = targets.filter((target) => {
      const account = accounts.get(target.accountId);
      return !pauseOf(switches, target, account) && isUntroubled(target, account, { now, state });
    });
    return new Set(well.map((target) => target.id));
  }

  /**
   * Of the targets for a recovering platform only its share may go; the one that stays fresh longest goes first.
   * A share of less than one target is one token per step of the ramp, given once in the cluster. What was let through
   * when it was released is not asked for a second one at its due instant.
   */
  private async admit(facts: readonly TargetFacts[], tx?: Tx): Promise<ReadonlySet<string>> {
    const { healthOf } = this.surroundings;
    const recovering = facts.filter(({ account }) => account && healthOf(account).state === 'recovering');
    const through = await this.gather.letThrough(
      recovering.map(({ target }) => target),
      tx,
    );
    const admitted = [...through];
    const asking = recovering.filter(({ target }) => !through.has(target.id));
    for (const group of Map.groupBy(asking, (item) => `${item.target.platform}|${item.account?.region}`).values()) {
      const [first] = group;
      if (!first?.account) continue;
      const { order, count } = admissionOrder(group, healthOf(first.account).rampShare);
      const { platform, region } = first.account;
      const admits = count > 0 ? count : Number(await this.canaries.take(platform, region, tx));
      admitted.push(...order.slice(0, admits).map((item) => item.target.id));
    }
    return new Set(admitted);
  }
}

/** Until when a target that waits for quota still has none; a target that is armed holds its own place. */
const waitsForQuota = (target: TargetRecord, left: ReadonlyMap<string, QuotaLeft>): Date | undefined => {
  const quota = target.holdReason === 'quota' ? left.get(target.accountId) : undefined;
  return quota?.left === 0 ? quota.resetsAt : undefined;
};
