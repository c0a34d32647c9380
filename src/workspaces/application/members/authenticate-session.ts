import { Injectable } from '@nestjs/common';
import { sessionEnded, totpNeeded } from '../../domain/members/access.errors.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import { type LiveSession, mustSetUpTotp, Sessions } from '../../domain/members/sessions.port.js';

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

  /**
   * For what outlasts a request; to look is no sign of life.
   * @throws DomainError `session.ended`, `member.totp_needed`
   */
  async assertStands(token: string): Promise<void> {
    const hash = hashOfToken(token);
    const live = hash && (await this.sessions.live(hash));
    if (!live) throw sessionEnded();
    if (mustSetUpTotp(live)) throw totpNeeded();
  }
}
