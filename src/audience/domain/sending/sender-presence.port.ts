/**
 * Shows that this process lives, by a lock that ends with its connection to the database. Rows taken by a sender whose
 * lock is free are taken over at once.
 */
export abstract class SenderPresence {
  /** Under which rows are claimed. */
  abstract readonly senderId: string;
  /** Takes the lock if it is not held; call it before claiming. @throws Error while the database is away */
  abstract ensure(): Promise<void>;
}
