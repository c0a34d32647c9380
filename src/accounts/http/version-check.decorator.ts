import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../infra/http/etag.js';

/** The two halves of an answer with a version: what the caller saw (`If-Match`), and what it gets (`ETag`). */
export interface VersionCheck {
  /** @throws DomainError `account.changed` when the caller saw another version */
  readonly assertFresh: (version: number) => void;
  readonly tag: (version: number) => void;
}

export const VersionCheckOf = createParamDecorator((_: unknown, context: ExecutionContext): VersionCheck => {
  const http = context.switchToHttp();
  const expected = expectedVersion(http.getRequest<Request>().get('if-match'));
  return {
    assertFresh: (version) => assertVersion('account', expected, version),
    tag: (version) => http.getResponse<Response>().setHeader('ETag', etagOf(version)),
  };
});
