import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';

/** Names one remembered call. */
export interface RecordName {
  readonly workspaceId: WorkspaceId;
  readonly route: string;
  readonly key: string;
}

/** A call that was answered and is not forgotten yet. */
export interface RememberedCall {
  readonly bodyHash: Buffer;
  readonly response: unknown;
}

/** Where answered calls are kept. */
export abstract class IdempotencyRecords {
  /** Takes the name for the rest of `tx`; false when a running transaction has it. */
  abstract tryLock(name: RecordName, tx: Tx): Promise<boolean>;
  abstract find(name: RecordName, tx?: Tx): Promise<RememberedCall | undefined>;
  abstract remember(
    name: RecordName,
    call: RememberedCall & { readonly status: number; readonly forMs: number },
    tx: Tx,
  ): Promise<void>;
  /** Forgets what is past its time. @returns how many */
  abstract purge(): Promise<number>;
}
