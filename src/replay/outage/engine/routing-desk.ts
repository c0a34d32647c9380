import { type PlatformState, worseOf } from '../../../health/domain/health-state.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { decideInOrder } from '../../../publishing/domain/rerouting/backlog.policy.js';
import type { Claims } from '../../../publishing/domain/rerouting/claims.js';
import {
  admissionOrder,
  isUntroubled,
  type RoutedTarget,
  routeFactsOf,
} from '../../../publishing/domain/rerouting/route-facts.policy.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { RouteFacts, Trouble } from '../../../routing/domain/route-facts.js';
import type { MemoryTarget } from '../../domain/memory-tables.js';
import { placeKey } from '../health/health-source.js';
import type { Desk } from './desk.js';

export interface Decided {
  readonly target: MemoryTarget;
  readonly decision: RouteDecision;
}

const HEALTHY: RouteDecision = { kind: 'publish', reasons: [{ code: 'platform_healthy', text: 'All is well.' }] };

/** Asks the product's own router, with the facts as they are at this moment. */
export class RoutingDesk {
  constructor(private readonly desk: Desk) {}

  decide(targets: readonly MemoryTarget[], trouble: Trouble = 'none'): readonly Decided[] {
    const now = this.desk.stage.now();
    const fine: Decided[] = [];
    const asked: RoutedTarget[] = [];
    for (const target of targets)
      if (trouble === 'none' && this.isFine(target, now)) fine.push({ target, decision: HEALTHY });
      else asked.push(this.routed(target));
    if (asked.length === 0) return fine;
    const admitted = this.admit(asked);
    const factsOf = (item: RoutedTarget, claims: Claims) =>
      this.factsOf(item, { trouble, claims, isAdmitted: admitted.has(item.target.id) });
    return [...fine, ...(decideInOrder(asked, factsOf, now) as readonly Decided[])];
  }

  private isFine(target: MemoryTarget, now: Date): boolean {
    const account = this.desk.accounts.get(target.accountId);
    return isUntroubled(target, account, { now, state: this.stateOf }) && !this.desk.accounts.capOf(account.id);
  }

  private factsOf(
    item: RoutedTarget,
    {
      trouble,
      claims,
      isAdmitted,
    }: { readonly trouble: Trouble; readonly claims: Claims; readonly isAdmitted: boolean },
  ): RouteFacts {
    const { accounts, routing, loads, loadTiming, stage } = this.desk;
    const loadsOf = () => new Map(item.fallbacks.map(({ account: { id } }) => [id, loads.of(id, stage.nowMs)]));
    const spent = item.fallbacks.filter(({ account }) => accounts.capOf(account.id));
    return routeFactsOf(item, {
      trouble,
      claims,
      timing: routing,
      // One refused post is no flood: no account is full for it.
      ...(trouble === 'rejected' ? {} : { load: { of: loadsOf(), timing: loadTiming, now: stage.now() } }),
      admitted: isAdmitted,
      workspacePlatforms: this.platformsOf(item.target.workspaceId),
      left: new Map(spent.map(({ account }) => [account.id, { left: 0 }])),
      quotaResetsAt: accounts.capOf(item.target.accountId),
      healthOf: this.stateOf,
    });
  }

  /** The target with its root's route and the accounts it could go to. */
  private routed(target: MemoryTarget): RoutedTarget {
    const { accounts } = this.desk;
    const route = this.desk.routeOf(target);
    const rows = this.desk.rowsOf(target.occurrenceId);
    const fallbacks = route.fallbacks
      .filter((id) => id !== target.accountId)
      .map((id) => ({
        account: accounts.get(id),
        fits: true,
        carriesOccurrence: rows.some((row) => row.accountId === id && row.status !== 'cancelled'),
        // A post has one run here: who had the post had the run.
        usedRecently: false,
      }));
    const { isEvergreen = false } = this.desk.postOf(target);
    return { target, account: accounts.get(target.accountId), route, fallbacks, isEvergreen };
  }

  /** Of the targets for a recovering place only its share may go, or one by its token. */
  private admit(items: readonly RoutedTarget[]): ReadonlySet<string> {
    // What cannot go anyway must not use up the tokens of a ramp.
    const recovering = items.filter(
      ({ account }) => account && this.stateOf(account).state === 'recovering' && !this.desk.accounts.capOf(account.id),
    );
    const isThrough = ({ target }: RoutedTarget) =>
      target.status === 'scheduled' && this.desk.letThrough.has(target.id);
    const admitted = new Set(recovering.filter(isThrough).map(({ target }) => target.id));
    const asking = recovering.filter((item) => !isThrough(item));
    for (const group of Map.groupBy(asking, ({ account }) => placeKey(account as AccountFacts)).values()) {
      const account = group[0]?.account;
      if (!account) continue;
      const { order, count } = admissionOrder(group, this.stateOf(account).rampShare);
      const admits = count > 0 ? count : Number(this.desk.health.takeCanary(account));
      for (const { target } of order.slice(0, admits)) admitted.add(target.id);
    }
    return admitted;
  }

  private platformsOf(workspaceId: string): RouteFacts['workspacePlatforms'] {
    const active = this.desk.accounts.ofWorkspace(Number(workspaceId)).filter(({ status }) => status === 'active');
    return [...Map.groupBy(active, ({ platform }) => platform)].map(([platform, accounts]) => ({
      platform,
      state: accounts.map((account) => this.stateOf(account).state).reduce(worseOf),
    }));
  }

  private readonly stateOf = (account: AccountFacts): PlatformState => this.desk.health.stateOf(account);
}
