import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Member } from './member.js';
import type { Role } from './role.js';

/** A member in a list; `at` is its place in the order. */
export type ListedMember = Member & { readonly at: string };

/** Who belongs to a workspace. */
export abstract class Members {
  /** One change of a workspace's members at a time: two owners may not remove each other. */
  abstract lockWorkspace(workspaceId: WorkspaceId, tx: Tx): Promise<void>;
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Member | undefined>;
  abstract list(
    workspaceId: WorkspaceId,
    page: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly ListedMember[]>;
  /** @throws DomainError `member.exists` */
  abstract insert(
    member: { readonly workspaceId: WorkspaceId; readonly personId: string; readonly role: Role },
    tx: Tx,
  ): Promise<string>;
  abstract setRole(workspaceId: WorkspaceId, id: string, role: Role, tx: Tx): Promise<void>;
  /** Ends the member's sessions with it. */
  abstract remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  /** Whether anybody is a member of any workspace. */
  abstract isAnybody(tx?: Tx): Promise<boolean>;
  abstract count(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  abstract countOwners(workspaceId: WorkspaceId, except: string, tx: Tx): Promise<number>;
  abstract hasEmail(workspaceId: WorkspaceId, email: string, tx: Tx): Promise<boolean>;
}
