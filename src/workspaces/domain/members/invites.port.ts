import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Role } from './role.js';

/** An invitation as its workspace sees it. */
export interface Invite {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly mailedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

export type ListedInvite = Invite & { readonly at: string };

/** A living invitation as its link shows it. */
export interface OpenInvite {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly email: string;
  readonly role: Role;
}

/** Invitations into workspaces. */
export abstract class Invites {
  /** Replaces an open one to the same address, whose link is dead then. */
  abstract insert(
    invite: Pick<Invite, 'workspaceId' | 'email' | 'role' | 'invitedBy'> & { readonly forMs: number },
    tx: Tx,
  ): Promise<Invite>;
  abstract list(
    workspaceId: WorkspaceId,
    page: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly ListedInvite[]>;
  /** @returns undefined when there is none; one that was accepted stays as it is */
  abstract revoke(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Invite | undefined>;
  abstract byToken(tokenHash: Buffer): Promise<OpenInvite | undefined>;
  /** Uses the link up. @returns undefined when somebody else did, or it has ended meanwhile */
  abstract claim(tokenHash: Buffer, tx: Tx): Promise<OpenInvite | undefined>;
}
