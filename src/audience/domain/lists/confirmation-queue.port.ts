import type { Tx } from '../../../kernel/transaction.js';

/** The `number`-th confirm mail of a subscriber. */
export interface ConfirmationJob {
  readonly workspaceId: string;
  readonly subscriberId: string;
  readonly number: number;
}

/** Confirm mails to be sent once the transaction that asks for them is stored. */
export abstract class ConfirmationQueue {
  abstract enqueue(jobs: readonly ConfirmationJob[], tx: Tx): Promise<void>;
}
