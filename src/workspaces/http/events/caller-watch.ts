import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuthenticateApiKey } from '../../application/authenticate-api-key.js';
import { AuthenticateSession } from '../../application/members/authenticate-session.js';
import { bearerOf } from '../bearer.js';
import { SessionCookies } from '../members/session-cookies.js';

/** A stream lives longer than a request: who opened it is looked at again while it lasts. */
@Injectable()
export class CallerWatch {
  constructor(
    private readonly keys: AuthenticateApiKey,
    private readonly sessions: AuthenticateSession,
    private readonly cookies: SessionCookies,
  ) {}

  /** @throws DomainError when the key or the session has ended meanwhile, or may do nothing here any more */
  async assertStands(request: Request): Promise<void> {
    const bearer = bearerOf(request.headers.authorization);
    const token = bearer === undefined ? this.cookies.read(request) : undefined;
    if (token === undefined) await this.keys.execute(bearer);
    else await this.sessions.assertStands(token);
  }
}
