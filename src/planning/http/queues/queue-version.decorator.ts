import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';

/** What the caller saw of a queue (`If-Match`), and what it gets (`ETag`). */
export interface QueueVersion {
  /** @throws DomainError `queue.changed` when the caller saw another version */
  readonly assertFresh: (version: number) => void;
  readonly tag: (version: number) => void;
}

export const QueueVersionOf = createParamDecorator((_: unknown, context: ExecutionContext): QueueVersion => {
  const http = context.switchToHttp();
  const expected = expectedVersion(http.getRequest<Request>().get('if-match'));
  return {
    assertFresh: (version) => assertVersion('queue', expected, version),
    tag: (version) => http.getResponse<Response>().setHeader('ETag', etagOf(version)),
  };
});
