import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { isIP } from 'node:net';
import type { Request } from 'express';
import type { Visitor } from '../../domain/lists/consent.js';

const MAX_USER_AGENT = 400;

/** Address and browser of the request; the address as Express sees it, so `trust proxy` decides whom to believe. */
export const visitorOf = (request: Request): Visitor => {
  const userAgent = request.get('user-agent')?.slice(0, MAX_USER_AGENT);
  const { ip } = request;
  return {
    ...(ip !== undefined && isIP(ip) ? { ip } : {}),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
};

export const CurrentVisitor = createParamDecorator((_: unknown, context: ExecutionContext): Visitor =>
  visitorOf(context.switchToHttp().getRequest<Request>()),
);
