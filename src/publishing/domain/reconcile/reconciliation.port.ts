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
  /** Platform ids that belong to other targets of the account: never adopted twice. */
  abstract ownedPostIds(accountId: string, except: string): Promise<readonly string[]>;
}

/** A worker that is gone, and what it left. */
export interface Leftover {
  readonly targetId: string;
  readonly attemptId: string | undefined;
  readonly version: number;
  readonly hasIntent: boolean;
  readonly callBegun: boolean;
}

/** Workers' lives. */
export abstract class Takeovers {
  /**
   * Marks workers whose lock is free as gone and lists the targets they held, with those a living worker lost sight
   * of (armed long past due, or a call long over without an outcome); safe to run in every worker.
   */
  abstract findLeftovers(ownWorkerId: string | undefined): Promise<readonly Leftover[]>;
  /** Closes what was armed but has no intent, and frees the lease; the target is as before. */
  abstract release(targetIds: readonly string[]): Promise<void>;
}
