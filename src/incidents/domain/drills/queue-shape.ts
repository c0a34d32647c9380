import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { isHandOffIdentity } from '../../../platforms/domain/hand-off-mode.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Route, RoutePolicy } from '../../../routing/domain/route.js';

/** More posts are not copied: the sample keeps the shape, the stage stays small. */
export const MOST_COPIED = 120;

/** A target of the queue, as far as its shape goes. */
export interface ShapeTarget {
  readonly id: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly scheduledAt: Date;
}

/** An account, without anything that identifies it. */
export interface ShapeAccount {
  readonly key: string;
  readonly platform: PlatformName;
  readonly region: string;
}

/** One post: when it goes out, on which accounts, by which route. */
export interface ShapePost {
  /** After the begin of the outage, ms. */
  readonly offsetMs: number;
  readonly accountKeys: readonly string[];
  readonly routeKey: string;
}

/** A queue without its words, videos and names: what a sandbox drill copies. Routes name accounts by key. */
export interface QueueShape {
  readonly accounts: readonly ShapeAccount[];
  readonly routes: readonly { readonly key: string; readonly policy: RoutePolicy }[];
  readonly posts: readonly ShapePost[];
  /** Posts that wait in the queue. */
  readonly found: number;
  /** Platforms whose accounts were left out. */
  readonly leftOut: readonly PlatformName[];
}

export interface ShapeFacts {
  readonly outage: ImaginedOutage;
  /** Targets of all posts that have one on the platform in this span. */
  readonly targets: readonly ShapeTarget[];
  readonly accounts: readonly AccountFacts[];
  /** By target. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly plays: (platform: PlatformName) => boolean;
}

/** Takes the shape of a queue: at most `MOST_COPIED` posts, spread evenly over it. */
export const shapeOf = ({ outage, targets, accounts, routes, plays }: ShapeFacts): QueueShape => {
  const usable = accounts.filter((one) => one.status === 'active' && !isHandOffIdentity(one.externalId));
  const keys = new Map(usable.filter(({ platform }) => plays(platform)).map(({ id }, index) => [id, `a${index}`]));
  const region = new Map(accounts.map((account) => [account.id as string, account.region]));
  const isMeant = (target: ShapeTarget) =>
    target.platform === outage.platform &&
    keys.has(target.accountId) &&
    (outage.region === undefined || region.get(target.accountId) === outage.region);
  const runs = [...Map.groupBy(targets, ({ occurrenceId }) => occurrenceId).values()].filter((run) =>
    run.some(isMeant),
  );
  const policies = new Map<Route | undefined, string>();
  const posts = sample(runs, MOST_COPIED).flatMap((run): ShapePost[] => {
    const [first] = run.filter(isMeant);
    if (!first) return [];
    const route = routes.get(first.id);
    const known = [...policies.keys()].find((one) => one === route || isSame(one, route));
    const routeKey = policies.get(known) ?? `r${policies.size}`;
    if (!policies.has(known)) policies.set(route, routeKey);
    const offsetMs = Math.max(0, first.scheduledAt.getTime() - outage.from.getTime());
    return [{ offsetMs, routeKey, accountKeys: run.flatMap(({ accountId }) => keys.get(accountId) ?? []) }];
  });
  const kept = [...policies].flatMap(([route, key]) => (route ? [{ key, policy: keyed(route, keys) }] : []));
  const used = new Set([
    ...posts.flatMap((post) => post.accountKeys),
    ...kept.flatMap(({ policy }) => policy.fallbacks),
  ]);
  return {
    accounts: usable.flatMap(({ id, platform, region: at }) => {
      const key = keys.get(id);
      return key !== undefined && used.has(key) ? [{ key, platform, region: at }] : [];
    }),
    routes: kept,
    posts,
    found: runs.length,
    leftOut: [...new Set(usable.map(({ platform }) => platform).filter((platform) => !plays(platform)))],
  };
};

const isSame = (one: Route | undefined, other: Route | undefined): boolean =>
  one?.routeId !== undefined && one.routeId === other?.routeId && one.fallbacks.join() === other.fallbacks.join();

const keyed = ({ routeId: _, scope: __, ...policy }: Route, keys: ReadonlyMap<string, string>): RoutePolicy => ({
  ...policy,
  announce: [],
  fallbacks: policy.fallbacks.flatMap((id) => keys.get(id) ?? []),
});

/** Every n-th of a list, its first one included. */
const sample = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most
    ? list
    : Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)] as T);
