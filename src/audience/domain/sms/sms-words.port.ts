import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/** The words a workspace gave a broadcast's text. */
export abstract class SmsWords {
  /** null: ours. */
  abstract of(workspaceId: WorkspaceId, broadcastId: string, tx?: Tx): Promise<string | null>;
  /** @returns false when the broadcast is no draft any more */
  abstract set(workspaceId: WorkspaceId, broadcastId: string, text: string | null, tx: Tx): Promise<boolean>;
}
