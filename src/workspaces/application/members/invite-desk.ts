import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { AccessMailer } from '../../domain/members/access-mails.port.js';
import { alreadyMember, badEmail, mailOff } from '../../domain/members/access.errors.js';
import { type Invite, Invites } from '../../domain/members/invites.port.js';
import { Members } from '../../domain/members/members.port.js';
import type { Role } from '../../domain/members/role.js';

const INVITE_FOR_MS = 7 * DAY_MS;

/** Invites people and takes invitations back. The link goes by mail alone: who invites never sees it. */
@Injectable()
export class InviteDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly invites: Invites,
    private readonly members: Members,
    private readonly mailer: AccessMailer,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Replaces an open invitation to the same address.
   * @throws DomainError `email.invalid`, `member.exists`, `mail.not_configured`
   */
  async invite(
    wish: { readonly workspaceId: WorkspaceId; readonly email: string; readonly role: Role; readonly actor: string },
    tx: Tx,
  ): Promise<Invite> {
    const { workspaceId, role, actor } = wish;
    const email = normaliseEmail(wish.email);
    if (email === undefined) throw badEmail();
    if (!this.mailer.isConfigured) throw mailOff();
    await this.members.lockWorkspace(workspaceId, tx);
    if (await this.members.hasEmail(workspaceId, email, tx)) throw alreadyMember();
    const invite = await this.invites.insert({ workspaceId, email, role, invitedBy: actor, forMs: INVITE_FOR_MS }, tx);
    const detail = { role };
    await this.audit.append({ workspaceId, actor, action: 'invite.created', subjectId: invite.id, detail }, tx);
    return invite;
  }

  /** Its link is dead at once; one that was accepted or revoked stays as it is. @throws DomainError `invite.not_found` */
  revoke(workspaceId: WorkspaceId, id: string, actor: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const invite = await this.invites.revoke(workspaceId, id, tx);
      if (!invite) throw notFound('invite', id);
      if (invite.revokedAt)
        await this.audit.append({ workspaceId, actor, action: 'invite.revoked', subjectId: id }, tx);
    });
  }
}
