import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Role } from './role.js';

/** A person's place in one workspace. */
export interface Member {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly personId: string;
  readonly email: string;
  /** Empty when never given. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

/** Somebody who can sign in: one address and one password, however many workspaces. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** A secret sent to the address came back; until then whoever holds the mailbox may take the account over. */
  readonly isProved: boolean;
}

/** One workspace a person may enter. */
export interface Membership {
  readonly memberId: string;
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly role: Role;
}
