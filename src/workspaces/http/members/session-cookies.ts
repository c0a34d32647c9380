import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppConfig } from '../../../infra/config/app-config.js';
import { networkOf } from '../../../infra/http/rate-limit/caller.js';
import type { BegunSession } from '../../application/members/begin-session.js';
import { foreignRequest } from '../../domain/members/access.errors.js';
import { mayActByCookie, originOf, type RequestOrigin } from '../../domain/members/same-origin.js';
import { clearedCookie, sessionCookie, tokenIn } from '../../domain/members/session-cookie.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';

const MAX_USER_AGENT = 300;

/** Sessions as they travel over HTTP. */
@Injectable()
export class SessionCookies {
  constructor(private readonly config: AppConfig) {}

  read(request: Request): string | undefined {
    return tokenIn(request.headers.cookie, this.isSecure);
  }

  set(response: Response, { token, expiresAt }: BegunSession): void {
    const seconds = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
    response.append('Set-Cookie', sessionCookie(token, seconds, this.isSecure)).setHeader('Cache-Control', 'no-store');
  }

  clear(response: Response): void {
    response.append('Set-Cookie', clearedCookie(this.isSecure));
  }

  /** Whether a request with a cookie may do what it wants. */
  mayAct(request: Request): boolean {
    return mayActByCookie(originFacts(request), this.config.publicUrl);
  }

  /**
   * For routes that begin sessions: no foreign page may sign a visitor in as somebody else.
   * @throws DomainError `session.foreign_request`
   */
  assertNotForeign(request: Request): void {
    if (originOf(originFacts(request), this.config.publicUrl) === 'foreign') throw foreignRequest();
  }

  /** Where a person signs in from. An IPv6 client counts by its network, as for rate limits. */
  placeOf(request: Request): SignInPlace {
    const userAgent = (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT);
    return { address: networkOf(request.ip ?? ''), userAgent };
  }

  /**
   * Where a session begins, and the one it ends.
   * @throws DomainError `session.foreign_request`
   */
  entranceOf(request: Request): { readonly place: SignInPlace; readonly replaces: string | undefined } {
    this.assertNotForeign(request);
    return { place: this.placeOf(request), replaces: this.read(request) };
  }

  private get isSecure(): boolean {
    return this.config.publicUrl.startsWith('https://');
  }
}

const originFacts = (request: Request): RequestOrigin => ({
  method: request.method,
  secFetchSite: request.get('sec-fetch-site'),
  origin: request.get('origin'),
  host: request.get('host'),
});
