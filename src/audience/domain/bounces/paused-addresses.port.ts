/** Addresses that rest because mail to them failed too often. */
export abstract class PausedAddresses {
  /** Ends the pauses that began longer ago than `olderThanMs`. @returns how many */
  abstract lift(olderThanMs: number): Promise<number>;
}
