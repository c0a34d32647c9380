import type { Tx } from '../../../kernel/transaction.js';
import type { TargetRecord } from '../targets/target-record.js';
import type { EventSubject } from '../targets/target-event.js';

/** Between two overdue targets, ms. */
export interface Spacing {
  readonly account: number;
  readonly platform: number;
}

/** What became of targets that were overdue when we came back. */
export interface Swept {
  readonly held: readonly EventSubject[];
  /** Too old to be sent. */
  readonly missed: readonly EventSubject[];
}

/** Targets that are looked for before they are sent. */
export abstract class OverdueTargets {
  /**
   * Holds what is overdue as `overdue`, each with the instant of its look: spaced by account and by platform, earliest
   * stale first. Passes the same arbiter as a call.
   */
  abstract hold(limit: number, spacing: Spacing, tx: Tx): Promise<Swept>;
  /**
   * After a restored database: what was promised before the restore becomes `unconfirmed` with an attempt that stands for
   * the one the backup forgot. One run of a post on an account at a time; the others wait for it.
   */
  abstract doubtRestored(limit: number, spacing: Spacing, tx: Tx): Promise<readonly EventSubject[]>;
  /** Takes held ones whose look is due and keeps others off them for `leaseMs`. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly TargetRecord[]>;
  /** @see Reconciliation.hasDoubtfulSibling since it was due */
  abstract hasDoubtfulSibling(target: TargetRecord, tx: Tx): Promise<boolean>;
  /** A journal row for a post that was found before any call of ours. @returns its id */
  abstract journalFound(target: TargetRecord, tx: Tx): Promise<string>;
}
