import type { WorkspaceId } from '../../kernel/ids.js';
import type { RoutePolicy, RouteScope } from './route.js';

/** What a route speaks for. Does not change: make another route instead. */
export interface RoutePlace {
  readonly workspaceId: WorkspaceId;
  readonly scope: RouteScope;
  /** An account or post id, a tag, a platform; empty for the workspace itself. */
  readonly scopeId: string;
  /** Whose trouble it answers; `*` for any platform. */
  readonly platform: string;
}

/** A route as it is kept. */
export interface StoredRoute extends RoutePlace {
  readonly id: string;
  readonly policy: RoutePolicy;
  /** For `ETag` and `If-Match`. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
