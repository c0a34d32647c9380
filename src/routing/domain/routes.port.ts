import type { TargetId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Route, RoutePolicy, RouteScope } from './route.js';
import type { RoutePlace, StoredRoute } from './stored-route.js';

/** One target that asks for its route. */
export interface RouteQuestion {
  readonly targetId: TargetId;
  readonly workspaceId: WorkspaceId;
  readonly postId: string;
  readonly tags: readonly string[];
  readonly accountId: string;
  readonly platform: string;
}

/** Which route holds for a target; for the rooms above. */
export abstract class RouteReader {
  /**
   * The route of each target, one statement for all: post before tag before account before platform before workspace
   * before the built-in one; within a scope one for this platform before one for any. A target's own account is never
   * among its fallbacks.
   */
  abstract forTargets(targets: readonly RouteQuestion[], tx?: Tx): Promise<Map<TargetId, Route>>;
}

export interface RouteFilter {
  readonly scope?: RouteScope | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The stored routes of a workspace. */
export abstract class Routes {
  /** @throws DomainError `route.exists` when this place has one, `account.not_found` when a fallback vanished */
  abstract insert(place: RoutePlace, policy: RoutePolicy, tx: Tx): Promise<StoredRoute>;
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredRoute | undefined>;
  /** The same, kept from changing until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<StoredRoute | undefined>;
  /** Replaces the policy; the version grows. */
  abstract update(workspaceId: WorkspaceId, id: string, policy: RoutePolicy, tx: Tx): Promise<StoredRoute>;
  abstract remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  /** Newest first; `at` is the key of the page. */
  abstract list(workspaceId: WorkspaceId, filter: RouteFilter): Promise<(StoredRoute & { readonly at: string })[]>;
}
