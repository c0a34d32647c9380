import type { Route, RoutePolicy, RouteScope } from '../domain/route.js';
import type { StoredRoute } from '../domain/stored-route.js';

export interface RouteRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly scope: RouteScope;
  readonly scopeId: string;
  readonly platform: string;
  readonly onDegraded: RoutePolicy['onDegraded'];
  readonly onDown: RoutePolicy['onDown'];
  readonly onUnknown: RoutePolicy['onUnknown'];
  readonly onAccountTrouble: RoutePolicy['onAccountTrouble'];
  readonly holdForSeconds: number;
  readonly staleAfterSeconds: number;
  readonly broadcastAfterSeconds: number | null;
  readonly failback: RoutePolicy['failback'];
  readonly removeLate: boolean;
  readonly announce: readonly string[];
  readonly maxExtraPerDay: number | null;
  readonly fallbacks: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Columns of `route r` with its fallbacks in order. */
export const ROUTE_COLUMNS = `r.id, r.workspace_id as "workspaceId", r.scope, r.scope_id as "scopeId", r.platform,
  r.on_degraded as "onDegraded", r.on_down as "onDown", r.on_unknown as "onUnknown",
  r.on_account_trouble as "onAccountTrouble", r.hold_for_seconds as "holdForSeconds",
  r.stale_after_seconds as "staleAfterSeconds", r.broadcast_after_seconds as "broadcastAfterSeconds", r.failback,
  r.remove_late as "removeLate", r.announce, r.max_extra_per_day as "maxExtraPerDay", r.version,
  r.created_at as "createdAt", r.updated_at as "updatedAt",
  array(select f.account_id::text from route_fallback f where f.route_id = r.id order by f.position) as fallbacks`;

const toPolicy = (row: RouteRow): RoutePolicy => ({
  onDegraded: row.onDegraded,
  onDown: row.onDown,
  onUnknown: row.onUnknown,
  onAccountTrouble: row.onAccountTrouble,
  holdForSeconds: row.holdForSeconds,
  staleAfterSeconds: row.staleAfterSeconds,
  ...(row.broadcastAfterSeconds === null ? {} : { broadcastAfterSeconds: row.broadcastAfterSeconds }),
  failback: row.failback,
  removeLate: row.removeLate,
  announce: row.announce,
  ...(row.maxExtraPerDay === null ? {} : { maxExtraPerDay: row.maxExtraPerDay }),
  fallbacks: row.fallbacks,
});

export const toStoredRoute = (row: RouteRow): StoredRoute => ({
  id: row.id,
  workspaceId: row.workspaceId,
  scope: row.scope,
  scopeId: row.scopeId,
  platform: row.platform,
  policy: toPolicy(row),
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** The route as a target of `accountId` follows it. */
export const toRoute = (row: RouteRow, accountId: string): Route => {
  const policy = toPolicy(row);
  const fallbacks = policy.fallbacks.filter((id) => id !== accountId);
  return { ...policy, fallbacks, routeId: row.id, scope: row.scope };
};

/** The values of `insert` and `update`, in the order of the policy's columns. */
export const policyValues = (policy: RoutePolicy): unknown[] => [
  policy.onDegraded,
  policy.onDown,
  policy.onUnknown,
  policy.onAccountTrouble,
  policy.holdForSeconds,
  policy.staleAfterSeconds,
  policy.broadcastAfterSeconds ?? null,
  policy.failback,
  policy.removeLate,
  policy.announce,
  policy.maxExtraPerDay ?? null,
];
