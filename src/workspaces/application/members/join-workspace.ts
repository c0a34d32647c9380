import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import type { OpenInvite } from '../../domain/members/invites.port.js';
import type { Person } from '../../domain/members/member.js';
import { Members } from '../../domain/members/members.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession } from './begin-session.js';
import { TakeAccount } from './take-account.js';

export interface Joining {
  readonly invite: OpenInvite;
  readonly person: Pick<Person, 'id' | 'passwordHash'>;
  readonly place: SignInPlace;
  readonly replaces: string | undefined;
}

/** What an accepted invitation writes. */
@Injectable()
export class JoinWorkspace {
  constructor(
    private readonly members: Members,
    private readonly begin: BeginSession,
    private readonly take: TakeAccount,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `member.exists` */
  async execute({ invite, person, place, replaces }: Joining, tx: Tx): Promise<BegunSession> {
    const { workspaceId, role, id: inviteId } = invite;
    const memberId = await this.members.insert({ workspaceId, personId: person.id, role }, tx);
    const actor = `member:${memberId}`;
    const entry = { workspaceId, actor, action: 'invite.accepted', subjectId: inviteId, detail: { memberId, role } };
    await this.audit.append(entry, tx);
    return this.begin.execute({ person, membership: { memberId, workspaceId }, place, replaces }, tx);
  }

  /** Somebody made this account without proving the mailbox; whoever got the mail has now. */
  async takeOver(personId: string, passwordHash: string, tx: Tx): Promise<Pick<Person, 'id' | 'passwordHash'>> {
    await this.take.execute({ personId, passwordHash }, tx);
    return { id: personId, passwordHash };
  }
}
