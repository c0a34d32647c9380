import { Injectable, Logger } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { backlogOrder } from '../../domain/rerouting/backlog.policy.js';
import { mayComeHome, nextCatchUpAt } from '../../domain/rerouting/failback.policy.js';
import { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import { type ReroutedRoot, WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { Engine } from '../engine.js';
import { healthOfAccount } from './account-health.js';
import { GatherFacts, type TargetFacts } from './gather-facts.js';
import { PlanCatchUp } from './plan-catch-up.js';

/** Roots looked at in one run. */
const BATCH = 1_000;

/**
 * When an origin's platform is healthy again, each rerouted run that is still fresh goes out there once: one by one per
 * account, at its pace (`failback.policy.ts`). Where tries failed while it looked healthy, it must have got healthy
 * since, or the account have published. What nobody else took comes home as soon as its route would publish there.
 */
@Injectable()
export class CatchUpTargets {
  private readonly logger = new Logger('CatchUp');
  /** Where the next run goes on: roots that want no catch-up must not stand before those that do. */
  private offset = 0;

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly gather: GatherFacts,
    private readonly health: HealthView,
    private readonly loads: FallbackLoads,
    private readonly plan: PlanCatchUp,
    private readonly engine: Engine,
  ) {}

  /** @returns how many catch-ups were planned */
  async runOnce(): Promise<number> {
    const roots = await this.waiting.rerouted(BATCH, this.offset);
    this.offset = roots.length < BATCH ? 0 : this.offset + BATCH;
    const known = new Map(roots.map((root) => [root.id, root]));
    const facts = (await this.gather.execute(roots)).filter((item) => this.isDue(item, known.get(item.target.id)));
    let planned = 0;
    for (const item of await this.nextOnes(facts)) planned += Number(await this.plan.execute(item.target));
    if (planned > 0) this.logger.log({ targets: planned }, 'Catching up after an outage');
    return planned;
  }

  /** Of each account whose turn it is, the first of its backlog. */
  private async nextOnes(facts: readonly TargetFacts[]): Promise<readonly TargetFacts[]> {
    const accounts = facts.flatMap(({ account }) => account ?? []);
    const now = this.engine.now();
    const { load: timing } = this.engine.settings.routing;
    const loads = await this.loads.own([...new Map(accounts.map((account) => [account.id, account])).values()], now);
    const perAccount = Map.groupBy(facts, (item) => item.target.accountId);
    return [...perAccount].flatMap(([accountId, items]) => {
      const load = loads.get(accountId);
      const nextAt = load && nextCatchUpAt(load, timing);
      return nextAt && nextAt > now ? [] : items.toSorted(backlogOrder).slice(0, 1);
    });
  }

  private isDue({ account, route, paused }: TargetFacts, root: ReroutedRoot | undefined): boolean {
    if (!root || paused || account?.status !== 'active') return false;
    const { state, since } = healthOfAccount(this.health, account);
    if (!mayComeHome(route, state, root.isStranded)) return false;
    if (root.isStranded || since > root.movedAt) return true;
    // It looked healthy when a person moved it, or when the tries failed: something must have changed since.
    return !root.isMovedByHand && (root.tries === 0 || root.accountPublishes);
  }
}
