import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Membership, Person } from './member.js';

/** A person to be stored. */
export type NewPerson = Omit<Person, 'id'>;

/** Who can sign in. Belongs to no workspace. */
export abstract class People {
  abstract byEmail(email: string, tx?: Tx): Promise<Person | undefined>;
  abstract byId(id: string, tx?: Tx): Promise<Person | undefined>;
  abstract ofMember(workspaceId: WorkspaceId, memberId: string): Promise<Person | undefined>;
  /** @returns undefined when the address has a person already */
  abstract insert(person: NewPerson, tx: Tx): Promise<Person | undefined>;
  /**
   * Sets a new password and, when `isProved`, notes that the mailbox is the person's.
   * @param was the hash it replaces; undefined: whatever it is
   * @returns false when the password is another one by now
   */
  abstract setPassword(
    id: string,
    change: { readonly passwordHash: string; readonly isProved?: true; readonly was?: string },
    tx: Tx,
  ): Promise<boolean>;
  /** The workspaces of a person, the longest membership first. */
  abstract memberships(id: string, tx?: Tx): Promise<readonly Membership[]>;
  /** Forgets a person who is a member of nothing any more. */
  abstract forgetIfAlone(id: string, tx: Tx): Promise<void>;
}
