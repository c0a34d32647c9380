import type { HealthPlace } from '../../../health/domain/health-place.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { ResumeToken } from '../../../platforms/domain/publish-outcome.js';
import type { ArmedRef, ArmedTarget, AttemptRecord, TargetRecord, TargetRef } from '../targets/target-record.js';

/** What became of refs that a worker wanted to arm. */
export interface Arming {
  readonly armed: readonly ArmedTarget[];
  /** Another attempt of the same post on the same account is still open. */
  readonly blocked: readonly TargetRef[];
  /** No publish is left on the account or app before `resetsAt`; nothing of them was leased. */
  readonly exhausted: readonly (TargetRef & { readonly resetsAt: Date })[];
}

/** A target whose intent was not written although its version and lease still stand. */
export interface Standing {
  readonly targetId: string;
  /** Until it is due by the database's clock, ms; 0 when it is due and something else stopped it. */
  readonly dueInMs: number;
}

/** A target that a dead worker had armed, with the fence under which this worker wrote its intent. */
export interface Inherited extends ArmedTarget {
  readonly newFence: string;
}

/** Set-based steps around the due instant. */
export abstract class Firing {
  /**
   * Leases the targets, writes their attempts `armed` and takes their places in the quotas, all or nothing for each;
   * refs that are outdated, paused or leased elsewhere drop out.
   */
  abstract arm(workerId: string, refs: readonly TargetRef[]): Promise<Arming>;
  /**
   * Writes the intents: the one arbiter between firing, redelivery, cancel and edit. Durable when it resolves.
   * Doing it again after a lost answer is harmless.
   * @param mode `well`: only of active accounts; `decided`: routing has decided about the account
   * @returns the refs that won, now or before; those lost to a cancel, an edit or another worker drop out
   */
  abstract intend(armed: readonly ArmedRef[], mode?: 'well' | 'decided'): Promise<readonly ArmedRef[]>;
  /** Those of `lost` that still wait as they were armed, and for how long. */
  abstract standing(lost: readonly ArmedRef[]): Promise<readonly Standing[]>;
  /**
   * Moves targets with an intent to `publishing` and their attempts to `intended`.
   * Doing it again after a lost answer is harmless; the caller knows which ones it has started.
   * @returns those that may start; what was taken over since its intent drops out
   */
  abstract markPublishing(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]>;
  /** Gives leases back and closes attempts that did not come to an intent. */
  abstract disarm(armed: readonly ArmedRef[], tx?: Tx): Promise<void>;
  abstract load(targetIds: readonly string[], tx?: Tx): Promise<readonly TargetRecord[]>;
}

/** Due targets that a dead worker had armed: the survivor writes their intents first, all else after. */
export abstract class Inheritance {
  /**
   * Writes intents under new fences for what is due and was never tried; the dead worker's own, should it still live,
   * lose against them.
   * @param notWell where routing decides first; what goes there is left to the takeover
   */
  abstract intend(notWell: readonly HealthPlace[]): Promise<readonly Inherited[]>;
  /** Moves leases and attempts to this worker. @returns what is this worker's now */
  abstract take(workerId: string, inherited: readonly Inherited[]): Promise<readonly ArmedTarget[]>;
}

/** An attempt's own row while its calls run. */
export abstract class AttemptJournal {
  /** Stores the adapter's token before it goes on; false when the lease is lost. */
  abstract saveResume(attempt: ArmedRef, resume: ResumeToken): Promise<boolean>;
  /**
   * Writes that the irreversible call begins now, and until when it may run.
   * @returns false when the lease is lost: then the call must not be made
   */
  abstract beginCall(attempt: ArmedRef, timeoutMs: number): Promise<boolean>;
  /** The token an earlier, disproved attempt of this target left: the same handle is used again. */
  abstract inheritedResume(targetId: string): Promise<ResumeToken | undefined>;
  abstract resumeOf(attemptId: string): Promise<ResumeToken | undefined>;
  abstract get(attemptId: string, tx: Tx): Promise<AttemptRecord | undefined>;
  /** Locks the rows, in one order for everybody; absent ids are left out. */
  abstract getMany(attemptIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AttemptRecord>>;
  /** The open attempt of a target, if any. */
  abstract openOf(targetId: string, tx: Tx): Promise<AttemptRecord | undefined>;
}
