import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FrozenContent } from './frozen-content.js';
import type { TargetRecord, TargetRef } from './target-record.js';
import type { Step } from './target-state.js';
import type { TargetRole } from './target-summary.js';

/** Who or what made a change, for the target's history. */
export interface Cause {
  /** `worker`, `reconciler`, `key:<prefix>`. */
  readonly actor: string;
  readonly reasons?: readonly unknown[];
}

/** A target to be created. */
export interface NewTarget {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly role: TargetRole;
  readonly rootId: string;
  readonly scheduledAt: Date;
  /** Wall time in `zone`, `YYYY-MM-DDTHH:mm:ss`. */
  readonly localTime: string;
  readonly zone: string;
  readonly spreadSeconds: number;
  readonly staleAt: Date;
  readonly content: FrozenContent;
  /** The target whose place it takes: what was said about that one holds for it. */
  readonly standsFor?: string;
  /** Whether a person must approve it first: then it is stored as held. Absent: nobody need. */
  readonly approval?: { readonly state: 'given' } | { readonly state: 'waiting'; readonly until: Date };
}

/** A step for a locked target, and the attempt it is about. */
export interface AppliedStep {
  readonly target: TargetRecord;
  readonly attemptId?: string;
  readonly step: Step;
  readonly cause: Cause;
}

/** The targets' rows; every change leaves an event with the next number. */
export abstract class TargetStore {
  /** @throws DomainError `target.account_taken` when the account already carries the occurrence */
  abstract insert(targets: readonly NewTarget[], cause: Cause, tx: Tx): Promise<void>;
  /** Locks the row until the transaction ends. */
  abstract lock(targetId: string, tx: Tx): Promise<TargetRecord | undefined>;
  /** Locks the rows, in one order for everybody; absent ids are left out. */
  abstract lockMany(targetIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, TargetRecord>>;
  /**
   * Applies a step to a locked target and its attempt.
   * @throws DomainError `target.bad_transition`, `target.account_taken`, `target.post_owned`
   */
  abstract apply(change: AppliedStep, tx: Tx): Promise<void>;
  /** The same for many different targets, all or nothing: a statement for each kind of row, whatever their number. */
  abstract applyMany(changes: readonly AppliedStep[], tx: Tx): Promise<void>;
  /**
   * Takes a version for something else than its call; abandons what was armed for it.
   * @returns false when the call has it already: too late
   */
  abstract takeVersion(ref: TargetRef, by: 'cancel' | 'edit' | 'reroute' | 'hold', tx: Tx): Promise<boolean>;
  /** The same for many different targets. @returns the ids of those whose version was taken */
  abstract takeVersions(
    refs: readonly TargetRef[],
    by: 'cancel' | 'edit' | 'reroute' | 'hold',
    tx: Tx,
  ): Promise<ReadonlySet<string>>;
  /** How many posts the account's platform refused since then and blamed the account for. */
  abstract postsRefusedForAccount(accountId: string, since: Date, tx: Tx): Promise<number>;
  /** Another target that carries the same run on the same account, planned or live; undefined: none. */
  abstract carrierAtHome(target: TargetRecord, tx: Tx): Promise<string | undefined>;
  abstract setReplacement(targetId: string, replacementId: string, tx: Tx): Promise<void>;
  /** Moves the instant after which it is worthless, never earlier. */
  abstract extendStale(targetId: string, staleAt: Date, tx: Tx): Promise<void>;
  abstract refreeze(target: TargetRecord, content: FrozenContent, tx: Tx): Promise<void>;
}

/** Wake-up jobs: hints, never the truth. */
export abstract class WakeUps {
  /** Plans wake-ups for those due soon, in the transaction that made them due; the feeder finds the rest. */
  abstract plan(targets: readonly (TargetRef & { readonly dueAt: Date })[], tx: Tx): Promise<void>;
}
