import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthenticateSession } from '../../application/members/authenticate-session.js';
import type { BegunSession } from '../../application/members/begin-session.js';
import { SessionDesk } from '../../application/members/session-desk.js';
import { Workspaces } from '../../domain/workspaces.port.js';
import { type SessionDto, toSessionDto } from './dto/session.dto.js';
import { SessionCookies } from './session-cookies.js';

/** What every route that begins or shows a session answers. */
@Injectable()
export class AnswerSession {
  constructor(
    private readonly sessions: AuthenticateSession,
    private readonly desk: SessionDesk,
    private readonly workspaces: Workspaces,
    private readonly cookies: SessionCookies,
  ) {}

  async begun(session: BegunSession, response: Response): Promise<SessionDto> {
    const answer = await this.of(session.token, response);
    this.cookies.set(response, session);
    return answer;
  }

  async of(token: string, response: Response): Promise<SessionDto> {
    const session = await this.sessions.execute(token);
    response.setHeader('Cache-Control', 'no-store');
    const [profile, workspace] = await Promise.all([
      this.desk.profile(session.personId),
      this.workspaces.get(session.workspaceId),
    ]);
    return toSessionDto(session, profile, workspace);
  }
}
