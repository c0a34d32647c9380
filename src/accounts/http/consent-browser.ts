import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { HOUR_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { hashOf, newSecret } from '../domain/consent.js';

/** Longer than the consent: who is late is led back to where they left from. */
const REMEMBERED_MS = HOUR_MS;
const PATH = '/v1/accounts/connect';

/** The browser that leaves for a consent page. */
export interface LeavingBrowser {
  readonly platform: PlatformName;
  /** Hash of its mark; undefined when it cannot be marked. */
  readonly browserHash: Buffer | undefined;
  /** Leaves the mark with the browser until an hour after the consent expires. */
  readonly mark: (state: string, expires: Date) => void;
}

const nameOf = (state: string): string => `consent_${hashOf(state).toString('hex').slice(0, 16)}`;

/**
 * Marks the browser, so that nobody else can return in its name. Only a page of our own origin says by
 * `Sec-Fetch-Site` that cookies will stay; a program that asks for somebody else's browser cannot be bound.
 */
const leaving = (request: Request, response: Response): LeavingBrowser => {
  const platform = request.params['platform'] as PlatformName;
  if (request.get('sec-fetch-site') !== 'same-origin')
    return { platform, browserHash: undefined, mark: () => undefined };
  const secret = newSecret();
  const secure = request.secure || request.get('x-forwarded-proto') === 'https';
  const mark = (state: string, expires: Date) => {
    const until = new Date(expires.getTime() + REMEMBERED_MS);
    response.cookie(nameOf(state), secret, { httpOnly: true, sameSite: 'lax', secure, path: PATH, expires: until });
  };
  return { platform, browserHash: hashOf(secret), mark };
};

export const Leaving = createParamDecorator((_: unknown, context: ExecutionContext): LeavingBrowser => {
  const http = context.switchToHttp();
  return leaving(http.getRequest<Request>(), http.getResponse<Response>());
});

/** The mark a browser brings back for this state. */
export const markOf =
  (request: Request) =>
  (state: string): string | undefined => {
    const name = `${nameOf(state)}=`;
    const cookies = (request.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(name))?.slice(name.length);
  };
