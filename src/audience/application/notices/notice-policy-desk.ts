import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { NoticePolicies } from '../../domain/notices/notice-policies.port.js';
import { assertQuietHours, type NoticePolicy, type StoredNoticePolicy } from '../../domain/notices/notice-policy.js';

/** Who sets the policy of which workspace, having seen which version. */
export interface PolicyRef {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  /** Refuses a stale copy. */
  readonly assertFresh: (actual: number) => void;
}

/** Sets how a workspace tells its list of outages. */
@Injectable()
export class NoticePolicyDesk {
  constructor(
    private readonly policies: NoticePolicies,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `notice_policy.bad_quiet_hours`, `notice_policy.changed` */
  async replace({ workspaceId, actor, assertFresh }: PolicyRef, policy: NoticePolicy, tx: Tx) {
    if (policy.quietHours) assertQuietHours('quietHours', policy.quietHours);
    assertFresh((await this.policies.lock(workspaceId, tx)).version);
    const saved: StoredNoticePolicy = await this.policies.save(workspaceId, policy, tx);
    const entry = {
      workspaceId,
      actor,
      action: 'notice_policy.changed',
      subjectId: workspaceId,
      detail: { ...policy },
    };
    await this.audit.append(entry, tx);
    return saved;
  }
}
