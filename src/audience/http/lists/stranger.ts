import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { networkOf } from '../../../infra/http/rate-limit/caller.js';
import type { Stranger } from '../../application/lists/sign-up-gate.js';
import { visitorOf } from './visitor.js';

/** Who sends a public form; the address as Express sees it, so `TRUST_PROXY` decides whom to believe. */
export const CurrentStranger = createParamDecorator((_: unknown, context: ExecutionContext): Stranger => {
  const visitor = visitorOf(context.switchToHttp().getRequest<Request>());
  return { visitor, network: networkOf(visitor.ip ?? '') };
});
