import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  type AuthenticatedRequest,
  type Principal,
  type RouteAccess,
  type Scope,
  SCOPE_METADATA,
} from '../../infra/http/principal.js';
import { DomainError } from '../../kernel/domain-error.js';
import { AuthenticateApiKey } from '../application/authenticate-api-key.js';
import { AuthenticateSession } from '../application/members/authenticate-session.js';
import { grants, scopeMissing } from '../domain/api-key.js';
import { foreignRequest, needsSession, roleForbids, totpNeeded } from '../domain/members/access.errors.js';
import { scopesOf } from '../domain/members/role.js';
import { mustSetUpTotp } from '../domain/members/sessions.port.js';
import { bearerOf } from './bearer.js';
import { SessionCookies } from './members/session-cookies.js';

/**
 * Stands before every route. What declares no access is closed. Two ways in: an API key, or a session's cookie, which
 * changes things only from our own pages; a key goes first.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: AuthenticateApiKey,
    private readonly sessions: AuthenticateSession,
    private readonly cookies: SessionCookies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<RouteAccess | undefined>(SCOPE_METADATA, places);
    if (needed === undefined) throw closed();
    if (needed === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const bearer = bearerOf(request.headers.authorization);
    const token = bearer === undefined ? this.cookies.read(request) : undefined;
    request.principal =
      token === undefined ? await this.byKey(bearer, needed) : await this.bySession(token, needed, request);
    return true;
  }

  private async byKey(bearer: string | undefined, needed: Scope | 'session'): Promise<Principal> {
    const { id, workspaceId, prefix, scopes } = await this.keys.execute(bearer);
    if (needed === 'session') throw needsSession();
    if (!grants(scopes, needed)) throw scopeMissing(needed);
    return { workspaceId, apiKeyId: id, scopes: scopes as readonly Scope[], actor: `key:${prefix}` };
  }

  private async bySession(token: string, needed: Scope | 'session', request: AuthenticatedRequest): Promise<Principal> {
    if (!this.cookies.mayAct(request)) throw foreignRequest();
    const live = await this.sessions.execute(token);
    const { id, memberId, personId, workspaceId, role } = live;
    const scopes = scopesOf(role);
    if (needed !== 'session' && mustSetUpTotp(live)) throw totpNeeded();
    if (needed !== 'session' && !grants(scopes, needed)) throw roleForbids(role, needed);
    return { workspaceId, session: { id, memberId, personId }, scopes, actor: `member:${memberId}` };
  }
}

const closed = () =>
  new DomainError('forbidden', 'route.closed', 'This route is not open to anyone. Tell who runs this server.');
