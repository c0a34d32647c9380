import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';

/** Who did what to which thing. Never a secret in `detail`. */
export interface AuditEntry {
  readonly workspaceId: WorkspaceId;
  /** `key:<prefix>`, `member:<id>` or `system`. */
  readonly actor: string;
  /** Past tense, dotted: `account.connected`. */
  readonly action: string;
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The journal of people's deeds, written with the deed. */
export abstract class AuditLog {
  abstract append(entry: AuditEntry, tx: Tx): Promise<void>;
}
