import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type Invite, Invites, type ListedInvite, type OpenInvite } from '../../domain/members/invites.port.js';

const INVITE = `id, workspace_id as "workspaceId", email, role, invited_by as "invitedBy", created_at as "createdAt",
  expires_at as "expiresAt", mailed_at as "mailedAt", accepted_at as "acceptedAt", revoked_at as "revokedAt"`;
const OPEN = `i.accepted_at is null and i.revoked_at is null and i.expires_at > statement_timestamp()`;
const SEEN = `i.id, i.workspace_id as "workspaceId", w.name as "workspaceName", i.email, i.role`;

@Injectable()
export class InvitesRepository extends Invites {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(
    { workspaceId, email, role, invitedBy, forMs }: Parameters<Invites['insert']>[0],
    tx: Tx,
  ): Promise<Invite> {
    // The caller holds the workspace's lock: nobody invites the same address meanwhile.
    await this.database.affected(
      `update invite set revoked_at = now()
        where workspace_id = $1 and email = $2 and accepted_at is null and revoked_at is null`,
      [workspaceId, email],
      tx,
    );
    const [stored] = await this.database.rows<Invite>(
      `insert into invite (id, workspace_id, email, role, invited_by, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond') returning ${INVITE}`,
      [newId(), workspaceId, email, role, invitedBy, forMs],
      tx,
    );
    return stored as Invite;
  }

  list(workspaceId: WorkspaceId, { limit, after }: Parameters<Invites['list']>[1]): Promise<readonly ListedInvite[]> {
    return this.database.rows<ListedInvite>(
      `select ${INVITE}, created_at::text as at from invite
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  revoke(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Invite | undefined> {
    return this.database.row<Invite>(
      `update invite set revoked_at = case when accepted_at is null then coalesce(revoked_at, now()) end
        where workspace_id = $1 and id = $2 returning ${INVITE}`,
      [workspaceId, id],
      tx,
    );
  }

  byToken(tokenHash: Buffer): Promise<OpenInvite | undefined> {
    return this.database.row<OpenInvite>(
      `select ${SEEN} from invite i join workspace w on w.id = i.workspace_id where i.token_hash = $1 and ${OPEN}`,
      [tokenHash],
    );
  }

  claim(tokenHash: Buffer, tx: Tx): Promise<OpenInvite | undefined> {
    return this.database.row<OpenInvite>(
      `update invite i set accepted_at = now() from workspace w
        where w.id = i.workspace_id and i.token_hash = $1 and ${OPEN} returning ${SEEN}`,
      [tokenHash],
      tx,
    );
  }
}
