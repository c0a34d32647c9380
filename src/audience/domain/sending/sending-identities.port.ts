import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { MailIdentity } from './mail-identity.js';
import type { DkimCredentials } from './dkim.js';

/** As whom a workspace writes, and the key that proves it. */
export interface SendingIdentity {
  readonly identity: MailIdentity;
  /** Absent: mail leaves unsigned. */
  readonly dkim?: DkimCredentials;
}

/** Senders of workspaces. A workspace signs only for a domain whose key it published itself. */
export abstract class SendingIdentities {
  /** The workspace's verified domain; else the instance's sender. */
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<SendingIdentity>;
}
