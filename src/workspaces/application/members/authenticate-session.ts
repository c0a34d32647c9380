import { Injectable } from '@nestjs/common';
import { sessionEnded } from '../../domain/members/access.errors.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import { type LiveSession, Sessions } from '../../domain/members/sessions.port.js';

/** Finds who a session stands for. One indexed query and no cache: role, membership and session count as they are now. */
@Injectable()
export class AuthenticateSession {
  constructor(private readonly sessions: Sessions) {}

  /** @throws DomainError `session.ended` */
  async execute(token: string): Promise<LiveSession> {
    const hash = hashOfToken(token);
    const session = hash && (await this.sessions.live(hash));
    if (!session) throw sessionEnded();
    if (session.isToBeSeen) await this.sessions.see(session.id);
    return session;
  }

  /** Whether it still stands; to look is no sign of life. */
  async stands(token: string): Promise<boolean> {
    const hash = hashOfToken(token);
    return hash !== undefined && (await this.sessions.live(hash)) !== undefined;
  }
}
