import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { AnnouncementStep } from './announcement.policy.js';

/** A moved run that went live elsewhere, by its root. */
export interface MovedRoot {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly tags: readonly string[];
}

/** One message to be. */
export interface NewAnnouncement {
  readonly rootId: string;
  readonly workspaceId: string;
  readonly accountId: string;
}

/** A message whose time has come. */
export interface AnnouncementDue extends NewAnnouncement {
  readonly platform: PlatformName;
  readonly caption: string;
  /** Live copies of the run, with what their platforms are called by us. */
  readonly links: readonly { readonly platform: PlatformName; readonly permalink: string }[];
  readonly createdAt: Date;
}

/** The ledger of messages: one row per (root, account), its intent before the call. */
export abstract class Announcements {
  /** Of these targets the roots whose replacement is live. */
  abstract movedRoots(targetIds: readonly string[], tx: Tx): Promise<readonly MovedRoot[]>;
  /** What is in the ledger already stays as it is. */
  abstract plan(messages: readonly NewAnnouncement[], tx: Tx): Promise<void>;
  /**
   * Due messages that have a link to show and an account to speak on. Ends those that are older than `forMs`, and those
   * whose call was begun and has no outcome in time: nobody sends them again.
   */
  abstract due(limit: number, forMs: number): Promise<readonly AnnouncementDue[]>;
  /**
   * Commits the intent with the words.
   * @param lostMs after it a call without an outcome counts as lost
   * @returns false: somebody else has it
   */
  abstract intend(message: NewAnnouncement, text: string, lostMs: number): Promise<boolean>;
  abstract settle(message: NewAnnouncement, step: AnnouncementStep, tx: Tx): Promise<void>;
}
