import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { inviteInstead, notFirst } from '../../domain/members/access.errors.js';
import type { Person } from '../../domain/members/member.js';
import { Members } from '../../domain/members/members.port.js';
import { type NewPerson, People } from '../../domain/members/people.port.js';

/** The first owner of a workspace; everybody else comes by invitation, which proves the mailbox. */
@Injectable()
export class MakeFirstOwner {
  constructor(
    private readonly members: Members,
    private readonly people: People,
    private readonly audit: AuditLog,
  ) {}

  /** Nobody becomes a member until `tx` ends. @throws DomainError `member.not_first` */
  async assertNobody(workspaceId: WorkspaceId, tx: Tx): Promise<void> {
    await this.members.lockWorkspace(workspaceId, tx);
    if ((await this.members.count(workspaceId, tx)) > 0) throw notFirst();
  }

  /** @throws DomainError `member.not_first`, `member.has_account` */
  async execute(
    workspaceId: WorkspaceId,
    { actor, ...fresh }: Omit<NewPerson, 'isProved'> & { readonly actor: string },
    tx: Tx,
  ): Promise<{ readonly memberId: string; readonly person: Person }> {
    await this.assertNobody(workspaceId, tx);
    const person = await this.people.insert({ ...fresh, isProved: false }, tx);
    if (!person) throw inviteInstead();
    const memberId = await this.members.insert({ workspaceId, personId: person.id, role: 'owner' }, tx);
    const entry = { workspaceId, actor, action: 'member.created', subjectId: memberId, detail: { role: 'owner' } };
    await this.audit.append(entry, tx);
    return { memberId, person };
  }
}
