import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { SmsSettings, SmsSettingsInput } from './sms-settings.js';

/** How each workspace texts. */
export abstract class SmsSettingsStore {
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<SmsSettings | undefined>;
  /** Locked until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, tx: Tx): Promise<SmsSettings | undefined>;
  /** Of the workspace whose sender got a message: its number, or the service it belongs to. */
  abstract bySender(senders: readonly string[]): Promise<SmsSettings | undefined>;
  /** Workspaces that text now. */
  abstract switchedOn(tx?: Tx): Promise<readonly SmsSettings[]>;
  /** @throws DomainError `sms.sender_taken` */
  abstract save(workspaceId: WorkspaceId, settings: SmsSettingsInput, tx: Tx): Promise<SmsSettings>;
}
