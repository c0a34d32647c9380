import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import type { AccessLink } from '../../domain/members/access-links.port.js';
import type { SignInPlace } from '../../domain/members/sessions.port.js';
import type { Workspace } from '../../domain/workspace.js';
import { WorkspaceDesk } from '../workspace-desk.js';
import { type BegunSession, BeginSession } from './begin-session.js';
import { MakeFirstOwner } from './make-first-owner.js';

/** A set-up whose link was just used up. */
export interface ClaimedSetup {
  readonly link: AccessLink;
  readonly owner: { readonly email: string; readonly name: string; readonly passwordHash: string };
  /** Left-out fields of the workspace stay. */
  readonly workspace: Partial<Pick<Workspace, 'name' | 'timeZone'>>;
  readonly place: SignInPlace;
  readonly replaces?: string | undefined;
}

/** What a set-up writes: the owner, the workspace's name and zone, a session. */
@Injectable()
export class SettleSetup {
  constructor(
    private readonly owners: MakeFirstOwner,
    private readonly workspaces: WorkspaceDesk,
    private readonly begin: BeginSession,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `member.not_first`, `member.has_account` */
  async execute({ link, owner, workspace, place, replaces }: ClaimedSetup, tx: Tx): Promise<BegunSession> {
    const { workspaceId } = link;
    const { memberId, person } = await this.owners.execute(workspaceId, { ...owner, actor: 'system' }, tx);
    const actor = `member:${memberId}`;
    await this.audit.append({ workspaceId, actor, action: 'setup_link.used', subjectId: link.id }, tx);
    if (Object.keys(workspace).length > 0) await this.workspaces.changeIn(workspaceId, workspace, actor, tx);
    return this.begin.execute({ person, membership: { memberId, workspaceId }, place, replaces }, tx);
  }
}
