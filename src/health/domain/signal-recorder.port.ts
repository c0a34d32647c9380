import type { Tx } from '../../kernel/transaction.js';
import type { Signal } from './signal.js';

/** Where observations are written, in the transaction of what they belong to. */
export abstract class SignalRecorder {
  /** Stores the signals in their order; judged by the next assessment. */
  abstract record(signals: readonly Signal[], tx?: Tx): Promise<void>;
  /** Makes room for the signals of today and the days to come; what finds none is kept aside and is as good. */
  abstract prepareDays(): Promise<void>;
  /** Forgets signals older than `olderThanMs`. @returns how many */
  abstract purge(olderThanMs: number): Promise<number>;
}
