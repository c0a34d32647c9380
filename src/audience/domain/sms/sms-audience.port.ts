import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../sending/broadcast.js';

/** A phone that a broadcast's text may go to. */
export interface SmsReader {
  readonly subscriberId: string;
  readonly phone: string;
  readonly phoneHmac: Buffer;
}

/** Who may get a broadcast by text: confirmed by the phone itself, accepting the topic, not suppressed. */
export abstract class SmsAudience {
  /** In the order in which they joined, page by page. @param after the last subscriber of the page before */
  abstract page(broadcast: Broadcast, after: string | undefined, limit: number, tx?: Tx): Promise<readonly SmsReader[]>;
}
