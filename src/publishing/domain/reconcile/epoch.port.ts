import type { EpochMark, InstanceRow } from './epoch.policy.js';

/** The database's row about this installation. */
export abstract class InstanceRecord {
  abstract read(): Promise<InstanceRow>;
  /** Beats once. @returns how far it has come; undefined: the database does not stand where `mark` says */
  abstract beat(mark: EpochMark): Promise<EpochMark | undefined>;
  /**
   * Begins a new epoch: everything promised until now is looked for before it is sent.
   * @param epoch the one that ends; nothing happens when another process has ended it
   * @returns the mark from now on
   */
  abstract markRestored(epoch: string): Promise<EpochMark>;
  /** @param overdueMs from when a target that nobody fired is overdue */
  abstract setOverdue(overdueMs: number): Promise<void>;
}

/** The mark beside our files. */
export abstract class EpochFile {
  abstract read(): Promise<EpochMark | undefined>;
  abstract write(mark: EpochMark): Promise<void>;
}
