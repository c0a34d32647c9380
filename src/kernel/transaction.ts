declare const opaque: unique symbol;

/** A running database transaction. Only `infra/database` can look inside. */
export interface Tx {
  readonly [opaque]: 'tx';
}

/** Runs work in one transaction: all of it is stored or nothing is. No network I/O inside. */
export abstract class UnitOfWork {
  /** Commits when `work` resolves, rolls back when it throws. */
  abstract run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same for work on many rows that others may lock in another order: when the database ends it to free them, it is
   * done once more from the start. So `work` may run twice; only its database work is undone.
   */
  abstract runPatiently<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
