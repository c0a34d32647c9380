import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Suppression } from './suppressions.port.js';

/** Someone on the list whose address it is. */
export interface Holder {
  readonly subscriberId: string;
}

/** The people behind addresses that are known by their keyed hash. */
export abstract class Holders {
  /**
   * Moves whoever has the address to where a suppression puts them: `bounced`, `complained`, `unsubscribed`, a phone to
   * `stopped`. A pause, and what a workspace suppresses by hand, move nobody.
   * @returns who was moved, locked until `tx` ends
   */
  abstract move(workspaceId: WorkspaceId, suppression: Suppression, tx: Tx): Promise<readonly Holder[]>;
  /** Back from `bounced`, when a workspace knows better: to `confirmed`, or `pending` if they never confirmed. */
  abstract revive(workspaceId: WorkspaceId, addressHmac: Buffer, tx: Tx): Promise<void>;
}
