import type { AccountId } from '../../kernel/ids.js';

/** What a route speaks for; the later in this list, the more it counts. */
export const ROUTE_SCOPES = ['workspace', 'platform', 'account', 'tag', 'post'] as const;
export type RouteScope = (typeof ROUTE_SCOPES)[number];

export const PLATFORM_REACTIONS = ['publish', 'hold', 'reroute'] as const;
export type PlatformReaction = (typeof PLATFORM_REACTIONS)[number];
export const UNKNOWN_REACTIONS = ['wait', 'reroute'] as const;
export type UnknownReaction = (typeof UNKNOWN_REACTIONS)[number];
export const ACCOUNT_REACTIONS = ['hold', 'reroute'] as const;
export type AccountReaction = (typeof ACCOUNT_REACTIONS)[number];
export const FAILBACKS = ['none', 'catch_up'] as const;
export type Failback = (typeof FAILBACKS)[number];

/** A route answers trouble on every platform unless it names one. */
export const ANY_PLATFORM = '*';

/** What a target does when its platform or account is not well. */
export interface RoutePolicy {
  readonly onDegraded: PlatformReaction;
  readonly onDown: PlatformReaction;
  /** After a call whose outcome nobody knows; never on the same account. */
  readonly onUnknown: UnknownReaction;
  readonly onAccountTrouble: AccountReaction;
  /** How long after `scheduledAt` waiting is worth more than going elsewhere; 0 to 604,800 s (a week). */
  readonly holdForSeconds: number;
  /** How long after `scheduledAt` the post is worth anything; 60 to 2,592,000 s (30 days). */
  readonly staleAfterSeconds: number;
  /** With no usable fallback so long after `scheduledAt`, the backup list is asked for; absent: never. */
  readonly broadcastAfterSeconds?: number;
  /** Whether the origin still gets it once it is well again. */
  readonly failback: Failback;
  /** Whether a copy that lands after its replacement is taken down (where the platform can). */
  readonly removeLate: boolean;
  /** Accounts that get one message with the live links. */
  readonly announce: readonly AccountId[];
  /** Most posts a day a fallback account takes over; absent: no limit of its own. */
  readonly maxExtraPerDay?: number;
  /** Accounts to go to instead, best first. */
  readonly fallbacks: readonly AccountId[];
}

/** The route that holds for one target. */
export interface Route extends RoutePolicy {
  /** The stored route it comes from; absent: the built-in one. */
  readonly routeId?: string;
  readonly scope: RouteScope | 'default';
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** Where nothing is said; with no fallbacks it holds, then misses. Values: design sections 5 and 6, `outage-trace.md`. */
export const DEFAULT_POLICY: RoutePolicy = {
  onDegraded: 'publish',
  onDown: 'reroute',
  onUnknown: 'wait',
  onAccountTrouble: 'reroute',
  holdForSeconds: 30 * MINUTE_SECONDS,
  staleAfterSeconds: 48 * HOUR_SECONDS,
  failback: 'catch_up',
  removeLate: false,
  announce: [],
  fallbacks: [],
};

export const DEFAULT_ROUTE: Route = { ...DEFAULT_POLICY, scope: 'default' };
