import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from './broadcast.js';

/** From how many recipients on a broadcast needs more than one call; 0: never. */
export interface SendingThresholds {
  /** The caller says how many people there are, and so has seen it. */
  readonly confirmFrom: number;
  /** Someone else has approved the same content. */
  readonly twoActorsFrom: number;
}

/** Who approved which content. An edit makes earlier approvals void. */
export abstract class Approvals {
  abstract add(
    broadcast: Broadcast,
    approval: { readonly actor: string; readonly hash: Buffer },
    tx: Tx,
  ): Promise<void>;
  /** Makes all of them void: something was changed that the hash does not cover. */
  abstract clear(broadcast: Broadcast, tx: Tx): Promise<void>;
  /** Actors who approved exactly this content. */
  abstract of(broadcast: Broadcast, hash: Buffer, tx: Tx): Promise<readonly string[]>;
}
