import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../../infra/http/principal.js';
import type { SignedIn } from '../../application/members/session-desk.js';

/** The person who is signed in, on a route with `@NeedsSession()`. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedIn & { readonly memberId: string } => {
    const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!principal?.session) throw new Error('A route asked for the session but does not need one.');
    const { workspaceId, actor, session } = principal;
    return { workspaceId, actor, sessionId: session.id, personId: session.personId, memberId: session.memberId };
  },
);
