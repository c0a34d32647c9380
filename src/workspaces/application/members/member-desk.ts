import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { badEmail, lastOwner } from '../../domain/members/access.errors.js';
import type { Member } from '../../domain/members/member.js';
import { Members } from '../../domain/members/members.port.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { People } from '../../domain/members/people.port.js';
import type { Role } from '../../domain/members/role.js';
import { assertPassword } from './assert-password.js';
import { MakeFirstOwner } from './make-first-owner.js';

/** The first member of a workspace, by the key that can do everything there. */
export interface FirstMember {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Who acts on which member. */
export interface MemberRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly actor: string;
}

/** Who belongs to a workspace, and as what. A workspace that has members is never without an owner. */
@Injectable()
export class MemberDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly people: People,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
    private readonly owners: MakeFirstOwner,
  ) {}

  /**
   * Makes the first owner; everybody else comes by invitation, which proves the mailbox.
   * @throws DomainError `member.not_first`, `member.has_account`, `email.invalid`, `password.*`
   */
  async createFirst(workspaceId: WorkspaceId, { email: given, name, password }: FirstMember, actor: string) {
    const email = normaliseEmail(given);
    if (email === undefined) throw badEmail();
    assertPassword(password, email);
    await this.unitOfWork.run((tx) => this.owners.assertNobody(workspaceId, tx));
    const passwordHash = await this.hasher.hash(password);
    return this.unitOfWork.run(async (tx) => {
      const { memberId: id } = await this.owners.execute(workspaceId, { email, name, passwordHash, actor }, tx);
      return this.read({ workspaceId, id }, tx);
    });
  }

  /** @throws DomainError `member.not_found`, `member.last_owner` */
  setRole(ref: MemberRef, role: Role): Promise<Member> {
    return this.unitOfWork.run(async (tx) => {
      const member = await this.lock(ref, tx);
      if (member.role === role) return member;
      if (member.role === 'owner') await this.assertOtherOwner(ref, tx);
      await this.members.setRole(ref.workspaceId, ref.id, role, tx);
      await this.note(ref, 'member.role_changed', { from: member.role, to: role }, tx);
      return { ...member, role };
    });
  }

  /**
   * Takes a member out; their sessions in the workspace end at once.
   * @throws DomainError `member.not_found`, `member.last_owner`
   */
  remove(ref: MemberRef): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const member = await this.lock(ref, tx);
      if (member.role === 'owner') await this.assertOtherOwner(ref, tx);
      await this.members.remove(ref.workspaceId, ref.id, tx);
      await this.people.forgetIfAlone(member.personId, tx);
      await this.note(ref, 'member.removed', { role: member.role }, tx);
    });
  }

  private async lock({ workspaceId, id }: MemberRef, tx: Tx): Promise<Member> {
    await this.members.lockWorkspace(workspaceId, tx);
    return this.read({ workspaceId, id }, tx);
  }

  private async read({ workspaceId, id }: Pick<MemberRef, 'workspaceId' | 'id'>, tx: Tx): Promise<Member> {
    const member = await this.members.get(workspaceId, id, tx);
    if (!member) throw notFound('member', id);
    return member;
  }

  private async assertOtherOwner({ workspaceId, id }: MemberRef, tx: Tx): Promise<void> {
    if ((await this.members.countOwners(workspaceId, id, tx)) === 0) throw lastOwner();
  }

  private note(ref: MemberRef, action: string, detail: Readonly<Record<string, unknown>>, tx: Tx): Promise<void> {
    const { workspaceId, id: subjectId, actor } = ref;
    return this.audit.append({ workspaceId, actor, action, subjectId, detail }, tx);
  }
}
