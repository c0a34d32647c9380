import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { NoticePolicy, StoredNoticePolicy } from './notice-policy.js';

/** Each workspace's way of telling its list of outages. */
export abstract class NoticePolicies {
  /** The default one where nobody set any. */
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<StoredNoticePolicy>;
  /** The same, while nobody else changes it until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, tx: Tx): Promise<StoredNoticePolicy>;
  abstract save(workspaceId: WorkspaceId, policy: NoticePolicy, tx: Tx): Promise<StoredNoticePolicy>;
}
