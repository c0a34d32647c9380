import type { AttemptRecord, TargetRecord } from '../targets/target-record.js';

/** A target whose truth is to be asked for, with the attempt in question. */
export interface CheckDue {
  readonly target: TargetRecord;
  readonly attempt: AttemptRecord;
}

/** What reconciliation reads. */
export abstract class Reconciliation {
  /**
   * Takes targets whose look is due and moves their next look `leaseMs` ahead, so that no other worker takes them.
   * Several workers may call it at once.
   */
  abstract claim(limit: number, leaseMs: number): Promise<readonly CheckDue[]>;
  /** Looks that go on keep their targets for `leaseMs` more. Where one was settled meanwhile, its next look stays put. */
  abstract renew(targetIds: readonly string[], leaseMs: number): Promise<void>;
  /** Platform ids that belong to other targets of the account: never adopted twice. */
  abstract ownedPostIds(accountId: string, except: string): Promise<readonly string[]>;
  /**
   * Whether another run of the post on the account may own what the list shows: it is under way, or live under an id
   * that nobody knows yet. @param since when ours can have begun at the earliest
   */
  abstract hasDoubtfulSibling(target: TargetRecord, since: Date): Promise<boolean>;
}

/** A worker that is gone, and what it left. */
export interface Leftover {
  readonly targetId: string;
  readonly attemptId: string | undefined;
  readonly version: number;
  /** Only armed, whether or not an intent was written: its call can never have begun. */
  readonly isArmed: boolean;
  readonly callBegun: boolean;
}

/** Workers' lives. */
export abstract class Takeovers {
  /** Marks workers whose lock is free as gone. */
  abstract findDead(ownWorkerId: string | undefined): Promise<void>;
  /** What workers that are gone still hold, not only those found now: a survivor may die in the middle of a takeover. */
  abstract findLeftovers(): Promise<readonly Leftover[]>;
  /** What a living worker lost sight of: armed long past due, or a call long over without an outcome. */
  abstract findForgotten(): Promise<readonly Leftover[]>;
  /**
   * Closes what is only armed, frees the lease and gives places back: no call can have begun. Where an intent was
   * written the version is raised, since that one is used up.
   */
  abstract release(targetIds: readonly string[]): Promise<void>;
}
