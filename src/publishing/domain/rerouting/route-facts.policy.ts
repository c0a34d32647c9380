import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { PlatformState } from '../../../health/domain/health-state.js';
import { type FallbackLoad, fullBecause, type LoadTiming } from '../../../routing/domain/load-spread.policy.js';
import type { PauseFact } from '../../../routing/domain/pause-fact.js';
import type { Route } from '../../../routing/domain/route.js';
import type { FallbackFacts, RouteFacts } from '../../../routing/domain/route-facts.js';
import type { TargetRecord } from '../targets/target-record.js';
import type { Claims } from './claims.js';

/** One account a target could move to. */
export interface FallbackOption {
  readonly account: AccountFacts;
  /** The account's limits take this video and these words. */
  readonly fits: boolean;
  readonly carriesOccurrence: boolean;
  /** It had this post within max(cooldownDays, 24 h), or is to have it. */
  readonly usedRecently: boolean;
  /** A kill switch stops its platform or workspace. */
  readonly paused?: boolean;
}

/** Everything routing asks about one target, read at one moment. */
export interface RoutedTarget {
  readonly target: TargetRecord;
  readonly account: AccountFacts | undefined;
  /** The root's route: a replacement never follows its own account's. */
  readonly route: Route;
  /** The kill switch that stops it. */
  readonly paused?: PauseFact;
  readonly fallbacks: readonly FallbackOption[];
  /** Worth as much later; left out: worth something only now. */
  readonly isEvergreen?: boolean;
}

/** What is known besides the target's own rows. */
export interface Surroundings extends Pick<RouteFacts, 'trouble' | 'workspacePlatforms' | 'timing'> {
  /** While its platform recovers: it is among those let through. */
  readonly admitted: boolean;
  /** Publishes an account may still make, by account; left out: no known limit. */
  readonly left: ReadonlyMap<string, { readonly left: number }>;
  readonly quotaResetsAt: Date | undefined;
  readonly healthOf: (account: AccountFacts) => PlatformState;
  /** What accounts carry, by account; left out: nobody is ever full. An account that is not in it takes everything. */
  readonly load?: {
    readonly of: ReadonlyMap<string, FallbackLoad>;
    readonly timing: LoadTiming;
    /** When a replacement would go out at the earliest. */
    readonly now: Date;
  };
  /** What earlier ones of the same round took; left out: nothing. */
  readonly claims?: Claims;
}

/** The facts `decide` looks at. */
export const routeFactsOf = (item: RoutedTarget, around: Surroundings): RouteFacts => {
  const { target, account, route, fallbacks, paused } = item;
  const { role, scheduledAt, staleAt, accountId, platform, tries } = target;
  const health = account && around.healthOf(account);
  return {
    target: { role, scheduledAt, staleAt, accountId, triedAccountIds: [], tries },
    route,
    trouble: around.trouble,
    ...(paused ? { paused } : {}),
    workspacePlatforms: around.workspacePlatforms,
    timing: around.timing,
    origin: {
      platform,
      state: health?.state ?? 'healthy',
      admitted: around.admitted,
      accountStatus: account?.status ?? 'disconnected',
      ...(health?.reason ? { because: health.reason } : {}),
      ...(around.quotaResetsAt ? { quotaResetsAt: around.quotaResetsAt } : {}),
    },
    fallbacks: fallbacks.map((option) => fallbackFactsOf(option, item, around)),
  };
};

const fallbackFactsOf = (option: FallbackOption, item: RoutedTarget, around: Surroundings): FallbackFacts => {
  const { id, platform, status } = option.account;
  const givenCount = around.claims?.givenTo(id) ?? 0;
  const full = fullOf(id, item, around, givenCount);
  return {
    accountId: id,
    platform,
    state: around.healthOf(option.account).state,
    accountStatus: status,
    fits: option.fits,
    carriesOccurrence: option.carriesOccurrence,
    usedPostWithinCooldown: option.usedRecently || (around.claims?.has(item.target.postId, id) ?? false),
    ...(option.paused ? { paused: true } : {}),
    quotaLeft: (around.left.get(id)?.left ?? Infinity) - givenCount,
    ...(full ? { full } : {}),
  };
};

const fullOf = (accountId: string, { target, route }: RoutedTarget, { load }: Surroundings, givenCount: number) => {
  const own = load?.of.get(accountId);
  if (!load || !own) return undefined;
  const at = target.scheduledAt > load.now ? target.scheduledAt : load.now;
  return fullBecause(own, { at, maxExtraPerDay: route.maxExtraPerDay, givenCount }, load.timing);
};

/** The usual case, for which no route need be read: a fresh target of an active account on a healthy platform. */
export const isUntroubled = (
  target: TargetRecord,
  account: AccountFacts | undefined,
  { now, state }: { readonly now: Date; readonly state: (account: AccountFacts) => PlatformState },
): boolean =>
  account?.status === 'active' &&
  // After a vain try it may be time to go elsewhere, which the route decides.
  target.tries === 0 &&
  now < target.staleAt &&
  target.holdReason !== 'quota' &&
  state(account).state === 'healthy';

/**
 * Of the targets for one recovering platform region only its share may go, the one that stays fresh longest first.
 * @param share 0..1
 * @returns `count` 0: a share of less than one target is one token per step of the ramp, which the caller takes
 */
export const admissionOrder = (
  group: readonly RoutedTarget[],
  share: number,
): { readonly order: readonly RoutedTarget[]; readonly count: number } => ({
  order: group.toSorted((a, b) => b.target.staleAt.getTime() - a.target.staleAt.getTime()),
  count: Math.floor(share * group.length),
});
