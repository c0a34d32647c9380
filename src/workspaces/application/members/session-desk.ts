import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { noWorkspace, sessionEnded } from '../../domain/members/access.errors.js';
import type { Membership, Person } from '../../domain/members/member.js';
import { People } from '../../domain/members/people.port.js';
import { type SignInPlace, Sessions } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession } from './begin-session.js';

/** A person who is signed in. */
export interface SignedIn {
  readonly sessionId: string;
  readonly personId: string;
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** A person with every workspace that is open to them. */
export interface Profile {
  readonly person: Person;
  readonly memberships: readonly Membership[];
}

/** What people do with their own sessions. */
@Injectable()
export class SessionDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly begin: BeginSession,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `session.ended` */
  async profile(personId: string): Promise<Profile> {
    const [person, memberships] = await Promise.all([this.people.byId(personId), this.people.memberships(personId)]);
    if (!person) throw sessionEnded();
    return { person, memberships };
  }

  /**
   * Goes over to another workspace, with a new token.
   * @throws DomainError `sign_in.no_workspace`, `session.ended`
   */
  async enter(
    by: SignedIn,
    workspaceId: WorkspaceId,
    how: { readonly place: SignInPlace; readonly replaces: string | undefined },
  ): Promise<BegunSession> {
    const { person, memberships } = await this.profile(by.personId);
    const membership = memberships.find((one) => one.workspaceId === workspaceId);
    if (!membership) throw noWorkspace();
    return this.unitOfWork.run((tx) => this.begin.execute({ person, membership, ...how }, tx));
  }

  /** Ends one session. @throws DomainError `session.not_found` when it is nobody's or somebody else's */
  end(by: SignedIn, sessionId: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.sessions.end(by.personId, sessionId, tx))) throw notFound('session', sessionId);
      const entry = { workspaceId: by.workspaceId, actor: by.actor, action: 'session.ended', subjectId: sessionId };
      await this.audit.append(entry, tx);
    });
  }

  /** Ends every other session of the person. @returns how many */
  endOthers(by: SignedIn): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const ended = await this.sessions.endAll(by.personId, by.sessionId, tx);
      const { workspaceId, actor, personId } = by;
      const entry = { workspaceId, actor, action: 'session.others_ended', subjectId: personId, detail: { ended } };
      await this.audit.append(entry, tx);
      return ended;
    });
  }
}
