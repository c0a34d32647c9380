import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import type { OpenInvite } from '../../domain/members/invites.port.js';
import type { Person } from '../../domain/members/member.js';
import { Members } from '../../domain/members/members.port.js';
import { SecondFactors } from '../../domain/members/second-factors.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession } from './begin-session.js';
import { CheckSecondFactor } from './check-second-factor.js';
import { TakeAccount } from './take-account.js';

export interface Joining {
  readonly invite: OpenInvite;
  readonly person: Pick<Person, 'id' | 'passwordHash'>;
  /** Of the app, or a recovery code; for who has a second factor. */
  readonly code: string | undefined;
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
    private readonly factor: CheckSecondFactor,
    private readonly factors: SecondFactors,
  ) {}

  /** @throws DomainError `member.exists`, `sign_in.totp_required`, `sign_in.code_refused` */
  async execute({ invite, person, code, place, replaces }: Joining, tx: Tx): Promise<BegunSession> {
    await this.factor.execute(person.id, code, tx);
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
    // Theirs, or the holder of the mailbox would stay shut out.
    await this.factors.remove(personId, tx);
    return { id: personId, passwordHash };
  }
}
