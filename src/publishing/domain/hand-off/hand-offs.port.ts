import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetStatus } from '../targets/target-status.js';
import type { HandOffEvent, HandOffState } from './hand-off-state.js';

/** One hand-off as its page and the API show it. */
export interface HandOff {
  readonly id: string;
  readonly workspaceId: string;
  readonly targetId: string;
  readonly attemptId: string;
  readonly accountId: string;
  readonly postId: string;
  readonly mediaId: string;
  readonly platform: PlatformName;
  readonly accountName: string;
  readonly caption: string;
  readonly state: HandOffState;
  readonly targetStatus: TargetStatus;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When the mail was taken, and how the mail server put it. */
  readonly notifiedAt?: Date;
  readonly mailReply?: string;
  readonly openedAt?: Date;
  readonly endedAt?: Date;
  readonly endedBy?: string;
  readonly link?: string;
}

/** A hand-off to be opened. */
export interface NewHandOff {
  readonly id: string;
  readonly workspaceId: string;
  readonly targetId: string;
  readonly attemptId: string;
  readonly accountId: string;
  readonly expiresAt: Date;
}

export interface HandOffFilter {
  readonly state?: HandOffState | undefined;
  readonly accountId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A mail that this process alone may send now: 1 tells, 2 reminds. */
export interface MailDue {
  readonly handOffId: string;
  readonly number: 1 | 2;
  /** How often this mail was refused before. */
  readonly refusals: number;
}

/** Where hand-offs are kept. */
export abstract class HandOffs {
  abstract open(handOff: NewHandOff, tx: Tx): Promise<void>;
  /** Across workspaces: whoever asks has the token. */
  abstract get(id: string, tx?: Tx): Promise<HandOff | undefined>;
  /** The hand-off of an attempt; undefined when no person was asked. */
  abstract ofAttempt(attemptId: string, tx: Tx): Promise<string | undefined>;
  /** The hand-off of a target that still waits for a person. */
  abstract openOf(targetId: string, tx: Tx): Promise<string | undefined>;
  /** At most `limit + 1`, newest first. */
  abstract list(workspaceId: string, filter: HandOffFilter): Promise<readonly (HandOff & { readonly at: string })[]>;
  /** Moves it on where the state table allows; a look that changes nothing is no fault. */
  abstract markOpened(id: string): Promise<void>;
  /** @returns false when the state does not allow it any more */
  abstract end(
    id: string,
    end: {
      readonly event: Extract<HandOffEvent, 'confirm' | 'skip' | 'expire'>;
      readonly by: string;
      readonly link?: string;
    },
    tx: Tx,
  ): Promise<boolean>;
  /** Open ones whose time is over. */
  abstract overdue(limit: number): Promise<readonly string[]>;
  /**
   * Takes mails that are due, each counted as sent before it leaves: a process that dies sends none twice.
   * @param remindInMs after the first mail
   */
  abstract claimMails(limit: number, remindInMs: number): Promise<readonly MailDue[]>;
  /** The mail was taken, or may have been: the person counts as told. */
  abstract told(id: string, reply: string): Promise<void>;
  /** Certainly not taken. @param retryInMs undefined: never again */
  abstract notTold(mail: MailDue, reply: string, retryInMs: number | undefined): Promise<void>;
}
