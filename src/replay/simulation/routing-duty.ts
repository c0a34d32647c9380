import { HOUR_MS, plusMs } from '../../kernel/durations.js';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { type PlatformState, worseOf } from '../../health/domain/health-state.js';
import {
  admissionOrder,
  isUntroubled,
  type RoutedTarget,
  routeFactsOf,
} from '../../publishing/domain/rerouting/route-facts.policy.js';
import type { TargetRecord } from '../../publishing/domain/targets/target-record.js';
import { decide } from '../../routing/domain/decide.js';
import { DEFAULT_ROUTE } from '../../routing/domain/route.js';
import type { RouteDecision } from '../../routing/domain/route-decision.js';
import type { RouteFacts, Trouble } from '../../routing/domain/route-facts.js';
import type { MemoryTarget } from '../domain/memory-tables.js';
import type { World } from './world.js';

/** The same post does not go to an account twice within this. */
const SAME_POST_GAP_MS = 24 * HOUR_MS;
const HEALTHY: RouteDecision = { kind: 'publish', reasons: [{ code: 'platform_healthy', text: 'All is well.' }] };

/** Asks the product's own router, with the facts as the tables have them at this moment. */
export const decideTargets = (
  world: World,
  targets: readonly MemoryTarget[],
  { trouble = 'none', now }: { readonly trouble?: Trouble; readonly now: Date },
): readonly { readonly target: MemoryTarget; readonly decision: RouteDecision }[] => {
  const state = healthOf(world);
  const asked = targets.map((target) => routedOf(world, target));
  const troubled = asked.filter(
    ({ target, account }) =>
      trouble !== 'none' || !isUntroubled(target, account, { now, state }) || cap(world, target, now),
  );
  const admitted = admit(world, troubled);
  return asked.map((item, index) => {
    const target = targets[index] as MemoryTarget;
    if (!troubled.includes(item)) return { target, decision: HEALTHY };
    const quotaResetsAt = cap(world, target, now);
    const facts = routeFactsOf(item, {
      trouble,
      timing: world.routing,
      admitted: admitted.has(target.id),
      workspacePlatforms: platformsOf(world, target.workspaceId),
      left: leftOf(world, item, now),
      quotaResetsAt,
      healthOf: state,
    });
    return { target, decision: decide(facts, now) };
  });
};

/** Only one that is armed or waits for quota asks for its cap. */
const cap = (world: World, target: TargetRecord, now: Date): Date | undefined =>
  world.accounts.capOf(target.accountId, now);

export const healthOf =
  (world: World) =>
  ({ platform, region }: AccountFacts): PlatformState =>
    world.health.stateOf(platform, region);

/** The target with its root's route and the accounts it could go to. */
export const routedOf = (world: World, target: TargetRecord): RoutedTarget => {
  const root = world.tables.targets.get(target.rootId) ?? target;
  const route = world.scenario.routes.get(root.accountId) ?? DEFAULT_ROUTE;
  const [carriers, used] = route.fallbacks.length === 0 ? NOBODY : takersOf(world, target);
  const fallbacks = route.fallbacks.flatMap((id) => {
    const account = world.accounts.get(id);
    if (!account || id === target.accountId) return [];
    return { account, fits: true, carriesOccurrence: carriers.has(id), usedRecently: used.has(id) };
  });
  return { target, account: world.accounts.get(target.accountId), route, fallbacks };
};

const NOBODY: readonly [ReadonlySet<string>, ReadonlySet<string>] = [new Set(), new Set()];

/** Accounts that carry the run, and those that had the post lately. */
const takersOf = (world: World, { occurrenceId, postId }: TargetRecord): typeof NOBODY => {
  const since = plusMs(world.now(), -SAME_POST_GAP_MS);
  const [carriers, used] = [new Set<string>(), new Set<string>()];
  for (const row of world.tables.targets.values()) {
    if (row.occurrenceId === occurrenceId && row.status !== 'cancelled') carriers.add(row.accountId);
    if (row.postId === postId && row.publishedAt && row.publishedAt >= since) used.add(row.accountId);
  }
  return [carriers, used];
};

const leftOf = (world: World, { fallbacks }: RoutedTarget, now: Date): ReadonlyMap<string, { readonly left: number }> =>
  new Map(
    fallbacks
      .filter(({ account }) => world.accounts.capOf(account.id, now))
      .map(({ account }) => [account.id, { left: 0 }] as const),
  );

const platformsOf = (world: World, workspaceId: string): RouteFacts['workspacePlatforms'] => {
  const active = world.accounts.ofWorkspace(workspaceId).filter(({ status }) => status === 'active');
  return [...Map.groupBy(active, ({ platform }) => platform)].map(([platform, accounts]) => ({
    platform,
    state: accounts.map((account) => healthOf(world)(account).state).reduce(worseOf),
  }));
};

const admit = (world: World, items: readonly RoutedTarget[]): ReadonlySet<string> => {
  const recovering = items.filter(({ account }) => account && healthOf(world)(account).state === 'recovering');
  const admitted = new Set<string>();
  for (const group of Map.groupBy(recovering, (item) => `${item.target.platform}|${item.account?.region}`).values()) {
    const account = group[0]?.account;
    if (!account) continue;
    const { order, count } = admissionOrder(group, healthOf(world)(account).rampShare);
    const admits = count > 0 ? count : Number(world.health.takeCanary(account.platform, account.region));
    for (const { target } of order.slice(0, admits)) admitted.add(target.id);
  }
  return admitted;
};
