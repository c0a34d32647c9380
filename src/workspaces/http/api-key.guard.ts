import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type AuthenticatedRequest, type Scope, SCOPE_METADATA } from '../../infra/http/principal.js';
import { DomainError } from '../../kernel/domain-error.js';
import { AuthenticateApiKey } from '../application/authenticate-api-key.js';
import { grants, scopeMissing } from '../domain/api-key.js';
import { bearerOf } from './bearer.js';

/** Stands before every route. What declares neither a scope nor `@Public()` is closed. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticate: AuthenticateApiKey,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const needed = this.reflector.getAllAndOverride<Scope | 'public' | undefined>(SCOPE_METADATA, places);
    if (needed === undefined) throw closed();
    if (needed === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { id, workspaceId, prefix, scopes } = await this.authenticate.execute(
      bearerOf(request.headers.authorization),
    );
    if (!grants(scopes, needed)) throw scopeMissing(needed);
    request.principal = { workspaceId, apiKeyId: id, scopes: scopes as readonly Scope[], actor: `key:${prefix}` };
    return true;
  }
}

const closed = () =>
  new DomainError('forbidden', 'route.closed', 'This route is not open to anyone. Tell who runs this server.');
