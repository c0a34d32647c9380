import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { WorkspaceId } from '../../kernel/ids.js';

/** Everything a key may be allowed; `admin` includes all but `operator`. */
export const SCOPES = [
  'media:read',
  'media:write',
  'posts:read',
  'posts:write',
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
  readonly apiKeyId: string;
  readonly scopes: readonly Scope[];
  /** For journals: `key:<prefix>`. */
  readonly actor: string;
}

export const SCOPE_METADATA = 'perennial:scope';

/** The scope a route needs. A route without this or `@Public()` refuses everyone. */
export const NeedsScope = (scope: Scope) => SetMetadata(SCOPE_METADATA, scope);

/** A route for everyone: sign-up, confirm, unsubscribe, liveness. */
export const Public = () => SetMetadata(SCOPE_METADATA, 'public');

export type AuthenticatedRequest = Request & { principal?: Principal };

/** The authenticated principal of this request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('A route asked for the principal but is public.');
  return principal;
});
