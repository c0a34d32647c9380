declare const opaque: unique symbol;

/** A running database transaction. Only `infra/database` can look inside. */
export interface Tx {
  readonly [opaque]: 'tx';
}

/** Runs work in one transaction: all of it is stored or nothing is. No network I/O inside. */
export abstract class UnitOfWork {
  /** Commits when `work` resolves, rolls back when it throws. */
  abstract run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
