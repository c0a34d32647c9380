import { Injectable } from '@nestjs/common';
import { AccountDirectory, type QuotaLeft, Quotas } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { HealthView } from '../../../health/index.js';
import { type PlatformState, worseOf } from '../../../health/domain/health-state.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type FallbackLoad, NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import type { RouteFacts } from '../../../routing/domain/route-facts.js';
import { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import type { RoutedTarget, Surroundings } from '../../domain/rerouting/route-facts.policy.js';
import { Engine } from '../engine.js';
import { healthOfAccount, isByHand, loadOfAccount } from './account-health.js';

/** What a round of decisions shares. */
export interface RoundSurroundings extends Required<Pick<Surroundings, 'left' | 'load' | 'timing' | 'healthOf'>> {
  readonly left: ReadonlyMap<string, QuotaLeft>;
  /** For the panic rule, by workspace. */
  readonly platforms: ReadonlyMap<string, RouteFacts['workspacePlatforms']>;
}

/** Quotas, load and health of all accounts that a round of decisions may touch, with a few statements. */
@Injectable()
export class ReadSurroundings {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly quotas: Quotas,
    private readonly loads: FallbackLoads,
    private readonly health: HealthView,
    private readonly engine: Engine,
  ) {}

  readonly healthOf = (account: AccountFacts): PlatformState => healthOfAccount(this.health, account);

  async execute(facts: readonly RoutedTarget[], tx?: Tx): Promise<RoundSurroundings> {
    const now = this.engine.now();
    const { routing: timing } = this.engine.settings;
    const fallbacks = distinct(facts.flatMap((item) => item.fallbacks.map(({ account }) => account)));
    const waiting = automatic(
      facts.flatMap(({ target, account }) => (account && target.holdReason === 'quota' ? [account] : [])),
    );
    // A person uses no call of ours: the app's spent quota does not concern them.
    const holders = distinct([...automatic(fallbacks), ...waiting]);
    return {
      timing,
      healthOf: this.healthOf,
      left: await this.quotas.left(
        holders.map(({ id, platform }) => ({ id, platform })),
        now,
        tx,
      ),
      load: { of: await this.loadsOf(fallbacks, now, tx), timing: timing.load, now },
      platforms: await this.platformsOf(facts, tx),
    };
  }

  private async loadsOf(accounts: readonly AccountFacts[], now: Date, tx?: Tx): Promise<Map<string, FallbackLoad>> {
    const read = await this.loads.read(accounts, now, tx);
    return new Map(accounts.map((account) => [account.id, loadOfAccount(account, read.get(account.id) ?? NO_LOAD)]));
  }

  private async platformsOf(
    facts: readonly RoutedTarget[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RouteFacts['workspacePlatforms']>> {
    const found = new Map<string, RouteFacts['workspacePlatforms']>();
    for (const workspaceId of new Set(facts.map((item) => item.target.workspaceId))) {
      // Panic is about platforms that publish by themselves.
      const active = (await this.accounts.list(workspaceId, tx)).filter(({ status }) => status === 'active');
      const byPlatform = Map.groupBy(automatic(active), (account) => account.platform);
      const states = [...byPlatform].map(([platform, accounts]) => ({
        platform,
        state: accounts.map((account) => this.healthOf(account).state).reduce(worseOf),
      }));
      found.set(workspaceId, states);
    }
    return found;
  }
}

const distinct = (accounts: readonly AccountFacts[]): AccountFacts[] => [
  ...new Map(accounts.map((account) => [account.id, account])).values(),
];

const automatic = (accounts: readonly AccountFacts[]): AccountFacts[] =>
  distinct(accounts.filter((account) => !isByHand(account)));
