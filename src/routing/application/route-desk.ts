import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import { EventLog } from '../../kernel/event-log.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { AuditLog } from '../../workspaces/index.js';
import { ANY_PLATFORM, DEFAULT_POLICY, type RoutePolicy, type RouteScope } from '../domain/route.js';
import { RouteFollowers } from '../domain/route-followers.js';
import { scopeIdOf } from '../domain/route-place.policy.js';
import { Routes } from '../domain/routes.port.js';
import type { StoredRoute } from '../domain/stored-route.js';
import { CheckRoute } from './check-route.js';

/** Fields a person gave; null takes an optional limit away. */
export type PolicyChange = {
  readonly [F in keyof RoutePolicy]?:
    RoutePolicy[F] | (F extends 'broadcastAfterSeconds' | 'maxExtraPerDay' ? null : never) | undefined;
};

export interface RouteRequest {
  readonly scope: RouteScope;
  readonly scopeId?: string | undefined;
  readonly platform?: string | undefined;
  readonly policy: PolicyChange;
}

/** Names one route and who acts on it. */
export interface RouteRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly actor: string;
  /** @throws DomainError `route.changed` when the caller saw another version */
  readonly assertFresh: (version: number) => void;
}

/** Makes, changes and removes routes. */
@Injectable()
export class RouteDesk {
  constructor(
    private readonly routes: Routes,
    private readonly check: CheckRoute,
    private readonly followers: RouteFollowers,
    private readonly events: EventLog,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @throws DomainError `route.exists`, `route.bad_scope_id`, `account.not_found`, `post.not_found`, `route.bad_fallbacks`,
   *   `route.bad_announce`, `route.cannot_remove`
   */
  async create(workspaceId: WorkspaceId, request: RouteRequest, actor: string, tx: Tx): Promise<StoredRoute> {
    const { scope, platform = ANY_PLATFORM } = request;
    const place = { workspaceId, scope, scopeId: scopeIdOf(scope, request.scopeId, platform), platform };
    await this.check.scope(place, tx);
    const policy = merge(DEFAULT_POLICY, request.policy);
    await this.check.policy(place, policy, tx);
    const route = await this.routes.insert(place, policy, tx);
    return this.tell('created', route, actor, tx);
  }

  /** Changes only what is given. @throws DomainError `route.not_found`, `route.changed`, `route.bad_fallbacks` */
  async change(ref: RouteRef, change: PolicyChange, tx: Tx): Promise<StoredRoute> {
    return this.rewrite(ref, (stored) => merge(stored.policy, change), tx);
  }

  /** What is not given takes its default. @throws DomainError as `change` */
  async replace(ref: RouteRef, policy: PolicyChange, tx: Tx): Promise<StoredRoute> {
    return this.rewrite(ref, () => merge(DEFAULT_POLICY, policy), tx);
  }

  /** @throws DomainError `route.not_found`, `route.changed` */
  async remove(ref: RouteRef, tx: Tx): Promise<void> {
    const stored = await this.locked(ref, tx);
    await this.routes.remove(ref.workspaceId, ref.id, tx);
    await this.tell('removed', stored, ref.actor, tx);
  }

  private async rewrite(ref: RouteRef, next: (stored: StoredRoute) => RoutePolicy, tx: Tx): Promise<StoredRoute> {
    const stored = await this.locked(ref, tx);
    const policy = next(stored);
    await this.check.policy(stored, policy, tx);
    const route = await this.routes.update(ref.workspaceId, ref.id, policy, tx);
    return this.tell('changed', route, ref.actor, tx);
  }

  private async locked({ workspaceId, id, assertFresh }: RouteRef, tx: Tx): Promise<StoredRoute> {
    const stored = await this.routes.lock(workspaceId, id, tx);
    if (!stored) throw notFound('route', id);
    assertFresh(stored.version);
    return stored;
  }

  private async tell(what: string, route: StoredRoute, actor: string, tx: Tx): Promise<StoredRoute> {
    const { workspaceId, id, scope, scopeId, platform, version } = route;
    const payload = { routeId: id, change: what, scope, scopeId, platform, version };
    await this.events.append([{ workspaceId, type: 'route.changed', subjectId: id, payload }], tx);
    await this.audit.append({ workspaceId, actor, action: `route.${what}`, subjectId: id, detail: payload }, tx);
    await this.followers.tell(route, tx);
    return route;
  }
}

const merge = (base: RoutePolicy, change: PolicyChange): RoutePolicy => {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged = Object.entries({ ...base, ...Object.fromEntries(given) }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged) as unknown as RoutePolicy;
};
