import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../infra/http/etag.js';

/** The two halves of an answer with a version: what the caller saw (`If-Match`), and what it gets (`ETag`). */
export interface RouteVersion {
  /** @throws DomainError `route.changed` when the caller saw another version */
  readonly assertFresh: (version: number) => void;
  readonly tag: (version: number) => void;
}

export const RouteVersionOf = createParamDecorator((_: unknown, context: ExecutionContext): RouteVersion => {
  const http = context.switchToHttp();
  const expected = expectedVersion(http.getRequest<Request>().get('if-match'));
  return {
    assertFresh: (version) => assertVersion('route', expected, version),
    tag: (version) => http.getResponse<Response>().setHeader('ETag', etagOf(version)),
  };
});
