import type { Tx } from '../../../kernel/transaction.js';
import type { AttemptRecord, TargetRecord } from '../targets/target-record.js';

/** An attempt whose absence was believed, to be looked at once more. */
export interface SecondLookDue {
  readonly target: TargetRecord;
  readonly attempt: AttemptRecord;
  /** Looks before this one. */
  readonly looks: number;
  /** Another try of the target goes by the same handle: one handle, one post. */
  readonly sharesHandle: boolean;
  /** Another try of the target is open: what the list shows may be that one's. */
  readonly otherIsOpen: boolean;
}

/** A post of a target that is live beside the one the target carries. */
export interface SecondCopy {
  readonly targetId: string;
  readonly attemptId: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly platformPostId?: string;
  readonly permalink?: string;
}

/** Attempts that were believed absent, and the copies that proved live all the same. */
export abstract class SecondCopies {
  /** Plans the first look at every attempt that was disproved since. @param inMs from now */
  abstract plan(inMs: number): Promise<void>;
  /** Takes attempts whose look is due and keeps others off them for `leaseMs`. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly SecondLookDue[]>;
  /** @param inMs until the next look; undefined: it was the last */
  abstract plannedNext(attemptId: string, looks: number, inMs: number | undefined): Promise<void>;
  /** Ids of the account's posts that are accounted for, this target's own included. */
  abstract knownPostIds(accountId: string): Promise<readonly string[]>;
  /** Keeps the copy and tells it in the target's history. @returns false when it was known */
  abstract record(copy: SecondCopy, actor: string, tx: Tx): Promise<boolean>;
}
