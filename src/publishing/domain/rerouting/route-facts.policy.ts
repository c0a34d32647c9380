import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { PlatformState } from '../../../health/domain/health-state.js';
import type { PauseFact } from '../../../routing/domain/pause-fact.js';
import type { Route } from '../../../routing/domain/route.js';
import type { RouteFacts } from '../../../routing/domain/route-facts.js';
import type { TargetRecord } from '../targets/target-record.js';

/** One account a target could move to. */
export interface FallbackOption {
  readonly account: AccountFacts;
  /** The account's limits take this video and these words. */
  readonly fits: boolean;
  readonly carriesOccurrence: boolean;
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
}

/** What is known besides the target's own rows. */
export interface Surroundings extends Pick<RouteFacts, 'trouble' | 'workspacePlatforms' | 'timing'> {
  /** While its platform recovers: it is among those let through. */
  readonly admitted: boolean;
  /** Publishes an account may still make, by account; left out: no known limit. */
  readonly left: ReadonlyMap<string, { readonly left: number }>;
  readonly quotaResetsAt: Date | undefined;
  readonly healthOf: (account: AccountFacts) => PlatformState;
}

/** The facts `decide` looks at. */
export const routeFactsOf = (
  { target, account, route, fallbacks, paused }: RoutedTarget,
  around: Surroundings,
): RouteFacts => {
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
    fallbacks: fallbacks.map((item) => ({
      accountId: item.account.id,
      platform: item.account.platform,
      state: around.healthOf(item.account).state,
      accountStatus: item.account.status,
      fits: item.fits,
      carriesOccurrence: item.carriesOccurrence,
      usedPostWithinCooldown: item.usedRecently,
      ...(item.paused ? { paused: true } : {}),
      quotaLeft: around.left.get(item.account.id)?.left ?? Infinity,
    })),
  };
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
