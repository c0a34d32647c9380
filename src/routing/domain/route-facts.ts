import type { AccountStatus } from '../../accounts/domain/account-status.js';
import type { HealthState } from '../../health/domain/health-state.js';
import type { AccountId } from '../../kernel/ids.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { FullBecause } from './load-spread.policy.js';
import type { PauseFact } from './pause-fact.js';
import type { Route } from './route.js';
import type { RoutingTiming } from './routing-timing.js';

/** The target that asks. */
export interface TargetFacts {
  readonly role: 'origin' | 'reroute' | 'catch_up' | 'fill';
  readonly scheduledAt: Date;
  /** From here on it is worth nothing. */
  readonly staleAt: Date;
  readonly accountId: AccountId;
  /** Accounts that have carried this occurrence before, with whatever end; never asked again. */
  readonly triedAccountIds: readonly AccountId[];
  /** Tries that certainly sent nothing, since the last success or edit; left out: none. */
  readonly tries?: number;
  /** false: nobody has asked for the backup list yet. Left out: do not consider it. */
  readonly broadcastAsked?: boolean;
}

/** The platform the target is meant for, in its account's region, as the workspace sees it. */
export interface OriginFacts {
  readonly platform: PlatformName;
  readonly state: HealthState;
  /** While recovering: this target is among those let through (canary or ramp). Ignored in other states. */
  readonly admitted: boolean;
  /** The health room's sentence, shown with the decision. */
  readonly because?: string;
  readonly accountStatus: AccountStatus;
  /** The account or app has no publish left before this instant; left out: it has, or nobody asked. */
  readonly quotaResetsAt?: Date;
}

/** One account of the root's route, in the route's order. */
export interface FallbackFacts {
  readonly accountId: AccountId;
  readonly platform: PlatformName;
  readonly state: HealthState;
  readonly accountStatus: AccountStatus;
  /** It takes this media and caption. */
  readonly fits: boolean;
  /** It carries this occurrence already. */
  readonly carriesOccurrence: boolean;
  /** It had this post within max(cooldownDays, 24 h). */
  readonly usedPostWithinCooldown: boolean;
  /** A kill switch stops its platform or workspace; left out: none. */
  readonly paused?: boolean;
  /** Posts it may still take, by account and app quota; left out: no known limit. */
  readonly quotaLeft?: number;
  /** It takes over nothing more in this hour, or day; left out: it does. */
  readonly full?: FullBecause;
}

/**
 * What happened to the target besides its platform's state.
 * `rejected`: the platform refused it for good; another may accept it.
 */
export type Trouble = 'none' | 'account' | 'unknown_outcome' | 'rejected';

/** All that `decide` looks at. `route` and `fallbacks` are the root's, also for a replacement. */
export interface RouteFacts {
  readonly target: TargetFacts;
  readonly route: Route;
  readonly origin: OriginFacts;
  readonly fallbacks: readonly FallbackFacts[];
  readonly trouble: Trouble;
  /** The kill switch that stops it; left out: none but perhaps the account's own status. */
  readonly paused?: PauseFact;
  /** Worst state of each automatic platform the workspace has an active account on; for the panic rule. */
  readonly workspacePlatforms: readonly { readonly platform: PlatformName; readonly state: HealthState }[];
  readonly timing: RoutingTiming;
}
