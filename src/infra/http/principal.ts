import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { WorkspaceId } from '../../kernel/ids.js';

/** Everything a key may be allowed; `admin` includes all but `operator`. */
export const SCOPES = [
  'media:read',
  'media:write',
  'posts:read',
  'posts:write',
  'posts:approve',
  'accounts:read',
  'accounts:write',
  'health:read',
  'health:write',
  'routes:read',
  'routes:write',
  'audience:read',
  'audience:write',
  'webhooks:read',
  'webhooks:write',
  'admin',
  'operator',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking, as the guard found it. Every query takes `workspaceId` from here and nowhere else. */
export interface Principal {
  readonly workspaceId: WorkspaceId;
  /** Asked with an API key. */
  readonly apiKeyId?: string;
  /** Asked by a person who is signed in. */
  readonly session?: { readonly id: string; readonly memberId: string; readonly personId: string };
  readonly scopes: readonly Scope[];
  /** For journals: `key:<prefix>` or `member:<id>`. */
  readonly actor: string;
}

export const SCOPE_METADATA = 'perennial:scope';

/** What a route declares of who may call it. */
export type RouteAccess = Scope | 'session' | 'public';

/** The scope a route needs. A route without this, `@NeedsSession()` or `@Public()` refuses everyone. */
export const NeedsScope = (scope: Scope) => SetMetadata(SCOPE_METADATA, scope);

/** A route for people who are signed in, whatever their role; no key opens it. */
export const NeedsSession = () => SetMetadata(SCOPE_METADATA, 'session');

/** A route for everyone: sign-up, confirm, unsubscribe, liveness. */
export const Public = () => SetMetadata(SCOPE_METADATA, 'public');

export type AuthenticatedRequest = Request & { principal?: Principal };

/** The authenticated principal of this request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('A route asked for the principal but is public.');
  return principal;
});
