import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../../accounts/index.js';
import { type PlatformState, worseOf } from '../../../health/domain/health-state.js';
import { HealthView } from '../../../health/index.js';
import type { RouteFacts } from '../../../routing/domain/route-facts.js';
import { ComingTargets } from '../../domain/rehearsal/coming-targets.port.js';
import type { HourlyLoad, ImaginedOutage, RehearsedTarget } from '../../domain/rehearsal/rehearsal.js';
import { RehearsalLedger } from '../../domain/rehearsal/rehearsal-ledger.js';
import { rehearseTarget } from '../../domain/rehearsal/rehearse-target.policy.js';
import { routeFactsOf } from '../../domain/rerouting/route-facts.policy.js';
import { Engine } from '../engine.js';
import { healthOfAccount, isByHand } from '../rerouting/account-health.js';
import { GatherFacts, type TargetFacts } from '../rerouting/gather-facts.js';
import { FillLedger } from './fill-ledger.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';

/** Targets whose facts are read at once, with a handful of statements: what is held in memory. */
const PAGE = 250;
/** Decided in one go; between two of them posts of this process that are due go first. */
const SLICE = 20;
/** More are not looked at in one rehearsal. */
export const MAX_REHEARSED = 100_000;

/** A rehearsal under way. */
export interface OngoingRehearsal {
  /** Targets it will look at, at most `MAX_REHEARSED`. */
  readonly total: number;
  /** False: there are more. */
  readonly isWhole: boolean;
  /** Reads and decides page by page; once only. */
  pages(): AsyncGenerator<readonly RehearsedTarget[]>;
  /** After the last page: what the accounts that took anything over would carry, by hour. */
  loads(): readonly HourlyLoad[];
  /** Posts an account publishes in a usual hour. */
  usualPerHour(accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** Asks the router about all that waits as if a platform were out. Writes nothing and calls nobody. */
@Injectable()
export class RehearseOutage {
  constructor(
    private readonly gather: GatherFacts,
    private readonly coming: ComingTargets,
    private readonly accounts: AccountDirectory,
    private readonly health: HealthView,
    private readonly engine: Engine,
    private readonly fill: FillLedger,
  ) {}

  async begin(outage: ImaginedOutage): Promise<OngoingRehearsal> {
    await this.health.refresh();
    const found = await this.coming.count(outage, MAX_REHEARSED + 1);
    const all = await this.accounts.list(outage.workspaceId);
    const ledger = new RehearsalLedger(this.fill.rules.quotas, outage.from, this.engine.settings.samePostGapMs);
    return {
      total: Math.min(found, MAX_REHEARSED),
      isWhole: found <= MAX_REHEARSED,
      pages: () => this.pages(outage, ledger, all),
      loads: () => ledger.loads(),
      usualPerHour: (ids) => this.coming.usualPerHour(outage.workspaceId, ids),
    };
  }

  private async *pages(
    outage: ImaginedOutage,
    ledger: RehearsalLedger,
    all: readonly AccountFacts[],
  ): AsyncGenerator<readonly RehearsedTarget[]> {
    const platforms = { out: this.platformsOf(all, outage, true), well: this.platformsOf(all, outage, false) };
    let left = MAX_REHEARSED;
    let place: Parameters<ComingTargets['page']>[1] | undefined = { status: 'held' };
    while (place && left > 0) {
      const page = await this.coming.page(outage, place, Math.min(PAGE, left));
      const facts = await this.gather.execute(page.targets);
      const fallbacks = facts.flatMap((item) => item.fallbacks.map(({ account }) => account));
      await this.fill.execute(ledger, fallbacks, outage);
      const rehearsed: RehearsedTarget[] = [];
      for (const [index, item] of facts.entries()) {
        if (index % SLICE === 0) await othersGoFirst();
        rehearsed.push(this.rehearse(item, { outage, ledger, platforms }));
      }
      if (rehearsed.length > 0) yield rehearsed;
      const last = page.targets.at(-1);
      if (last && place.status === 'scheduled') ledger.forgetBefore(last.scheduledAt);
      left -= page.targets.length;
      place = page.next;
    }
  }

  private rehearse(item: TargetFacts, { outage, ledger, platforms }: Stage): RehearsedTarget {
    const factsAt = (at: Date, isOut: boolean): RouteFacts => {
      const fallbacks = item.fallbacks.map((option) => ({
        ...option,
        carriesOccurrence: option.carriesOccurrence || ledger.carriesRun(item.target.occurrenceId, option.account.id),
        usedRecently: option.usedRecently || ledger.hadPost(item.target.postId, option.account.id, at),
      }));
      return routeFactsOf(
        { ...item, fallbacks },
        {
          trouble: 'none',
          timing: this.engine.settings.routing,
          admitted: false,
          workspacePlatforms: isOut ? platforms.out : platforms.well,
          left: new Map(fallbacks.map(({ account: { id } }) => [id, { left: ledger.leftAt(id, at) }])),
          load: {
            of: ledger.loadsAt(
              fallbacks.map(({ account }) => account.id),
              at,
            ),
            timing: this.engine.settings.routing.load,
            now: at,
          },
          quotaResetsAt: undefined,
          healthOf: (account) => this.stateOf(account, outage, isOut),
        },
      );
    };
    const rehearsed = rehearseTarget({ target: item.target, factsAt }, outage);
    if (rehearsed.toAccountId !== undefined) ledger.give(item.target, rehearsed.toAccountId, rehearsed.at);
    return rehearsed;
  }

  /** Elsewhere all is as it is now. */
  private stateOf(account: AccountFacts, { platform, region, from }: ImaginedOutage, isOut: boolean): PlatformState {
    const isMeant = account.platform === platform && (region === undefined || region === account.region);
    if (!isMeant || isByHand(account)) return healthOfAccount(this.health, account);
    const reason = isOut
      ? `The drill takes ${platformTitle(platform)} to be down.`
      : `The drill takes ${platformTitle(platform)} to be well again.`;
    return { state: isOut ? 'down' : 'healthy', rampShare: isOut ? 0 : 1, since: from, reason, overridden: true };
  }

  /** For the panic rule: the worst state of each platform that publishes by itself. */
  private platformsOf(
    all: readonly AccountFacts[],
    outage: ImaginedOutage,
    isOut: boolean,
  ): RouteFacts['workspacePlatforms'] {
    const automatic = all.filter((account) => account.status === 'active' && !isByHand(account));
    return [...Map.groupBy(automatic, ({ platform }) => platform)].map(([platform, accounts]) => ({
      platform,
      state: accounts.map((account) => this.stateOf(account, outage, isOut).state).reduce(worseOf),
    }));
  }
}

const othersGoFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Stage {
  readonly outage: ImaginedOutage;
  readonly ledger: RehearsalLedger;
  readonly platforms: {
    readonly out: RouteFacts['workspacePlatforms'];
    readonly well: RouteFacts['workspacePlatforms'];
  };
}
