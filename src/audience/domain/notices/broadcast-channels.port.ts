import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../sending/broadcast.js';

/** The ways to a list's readers besides mail. */
export abstract class BroadcastChannels {
  /** Freezes a broadcast's recipients on them. @returns how many will be written to */
  abstract freeze(broadcast: Broadcast, tx: Tx): Promise<number>;
  /** How many a freeze would write to now. */
  abstract count(broadcast: Broadcast, tx: Tx): Promise<number>;
}
