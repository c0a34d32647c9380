import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import {
  type ApprovalEntry,
  ApprovalReader,
  type WaitingApproval,
  type WaitingQuery,
} from '../../application/approvals/approval-reader.js';

/** By `target_unapproved`: only what waits is walked, the soonest first. */
const WAITING = `
  select t.id as "targetId", t.post_id as "postId", t.account_id as "accountId", t.platform, t.approval as state,
         t.scheduled_at as "scheduledAt", t.hold_until as "waitsUntil", t.content->>'caption' as caption,
         t.content->>'title' as title, t.media_id as "mediaId", encode(t.content_hash, 'hex') as "contentHash",
         e.actor as "lastActor", e.comment as "lastComment", t.scheduled_at::text as at
    from target t
    left join lateral (
      select e.actor, e.comment from approval_entry e where e.target_id = t.id order by e.at desc, e.id desc limit 1) e on true
   where t.workspace_id = $1 and t.status = 'held' and t.approval in ('waiting', 'rejected') and t.approval = $2
     and ($3::uuid is null or t.account_id = $3)
     and ($4::timestamptz is null or (t.scheduled_at, t.id) > ($4, $5::uuid))
   order by t.scheduled_at, t.id limit $6`;

@Injectable()
export class ApprovalReaderRepository extends ApprovalReader {
  constructor(private readonly database: Database) {
    super();
  }

  waiting(
    workspaceId: WorkspaceId,
    { state, accountId, limit, after }: WaitingQuery,
  ): Promise<readonly WaitingApproval[]> {
    const values = [workspaceId, state, accountId ?? null, after?.at ?? null, after?.id ?? null, limit];
    return this.database.rows<WaitingApproval>(WAITING, values);
  }

  async history(workspaceId: WorkspaceId, targetId: string): Promise<readonly ApprovalEntry[] | undefined> {
    const known = await this.database.row(`select 1 from target where workspace_id = $1 and id = $2`, [
      workspaceId,
      targetId,
    ]);
    if (!known) return undefined;
    return this.database.rows<ApprovalEntry>(
      `select action, actor, comment, encode(content_hash, 'hex') as "contentHash", at
         from approval_entry where workspace_id = $1 and target_id = $2 order by at, id limit 1000`,
      [workspaceId, targetId],
    );
  }
}
