/** Intents of workers that are gone whose irreversible call never began: certainly nothing was sent. */
export abstract class DeadIntents {
  /**
   * Gives them back, many at once: attempts `abandoned`, targets `scheduled` again with a new version, leases and quota
   * freed. A call that begins in this moment wins and is left alone. Every worker may do it at once; what a taker left
   * in the middle is taken by the next.
   * @returns the targets to be woken
   */
  abstract giveBack(limit: number): Promise<readonly string[]>;
}
