import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type IdempotencyCall, idempotencyKey, requestHash } from '../domain/idempotency-call.js';

const NO_HASH = Buffer.alloc(0);

/** Reads the call of a request as `Idempotency.run` wants it. */
export const idempotencyCallOf = (request: Request, response: Response): IdempotencyCall => {
  const key = idempotencyKey(request.get('idempotency-key'));
  const { path } = request.route as { path: string };
  return {
    ...(key === undefined ? {} : { key }),
    route: `${request.method} ${path}`,
    bodyHash: key === undefined ? NO_HASH : requestHash(request.originalUrl, request.body),
    status: response.statusCode,
    markReplayed: () => response.setHeader('Idempotency-Replayed', 'true'),
  };
};

const FromRequest = createParamDecorator((_: unknown, context: ExecutionContext): IdempotencyCall => {
  const http = context.switchToHttp();
  return idempotencyCallOf(http.getRequest<Request>(), http.getResponse<Response>());
});

/** The call of a creating or triggering POST, with its optional key; also documents the header. */
export const IdempotentCall = (): ParameterDecorator => (target, method, index) => {
  FromRequest()(target, method, index);
  const descriptor = method && Object.getOwnPropertyDescriptor(target, method);
  if (!descriptor) return;
  const description = 'Send the same key again to get the same answer instead of a second effect, for 24 hours.';
  ApiHeader({ name: 'Idempotency-Key', required: false, description })(target, method, descriptor);
};
