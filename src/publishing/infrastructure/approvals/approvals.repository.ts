import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { DeadlineRule } from '../../domain/approvals/approval.policy.js';
import {
  type ApprovalNeed,
  type ApprovalNote,
  type ApprovalQuestion,
  Approvals,
} from '../../domain/approvals/approvals.port.js';

/** The account's own rule goes before its workspace's. */
const NEEDED = `
  select w.id, o.approval is not distinct from 'given' as "isGiven", coalesce(r.on_deadline, 'hold') as "onDeadline"
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as w(id, workspace_id, account_id, stands_for)
    left join lateral (
      select r.needs_approval, r.on_deadline from approval_rule r
       where r.workspace_id = w.workspace_id and (r.account_id = w.account_id or r.account_id is null)
       order by r.account_id nulls last limit 1) r on true
    left join target o on o.workspace_id = w.workspace_id and o.id = w.stands_for
   where r.needs_approval or o.approval is not null`;

const NOTE = `
  insert into approval_entry (id, workspace_id, target_id, action, actor, comment, content_hash)
  select n.id, n.workspace_id, n.target_id, n.action, n.actor, n.comment, t.content_hash
    from jsonb_to_recordset($1::jsonb) as n(id uuid, workspace_id uuid, target_id uuid, action text, actor text, comment text)
    join target t on t.workspace_id = n.workspace_id and t.id = n.target_id`;

interface NeedRow {
  readonly id: string;
  readonly isGiven: boolean;
  readonly onDeadline: DeadlineRule;
}

@Injectable()
export class ApprovalsRepository extends Approvals {
  constructor(private readonly database: Database) {
    super();
  }

  async needed(asked: readonly ApprovalQuestion[], tx: Tx): Promise<ReadonlyMap<string, ApprovalNeed>> {
    const rows = await this.database.rows<NeedRow>(
      NEEDED,
      [
        asked.map(({ targetId }) => targetId),
        asked.map(({ workspaceId }) => workspaceId),
        asked.map(({ accountId }) => accountId),
        asked.map(({ standsFor }) => standsFor ?? null),
      ],
      tx,
    );
    return new Map(
      rows.map(({ id, isGiven, onDeadline }) => [id, isGiven ? { kind: 'given' } : { kind: 'ask', onDeadline }]),
    );
  }

  async note(notes: readonly ApprovalNote[], tx: Tx): Promise<void> {
    const rows = notes.map(({ targetId, workspaceId, action, actor, comment }) => ({
      id: newId(),
      workspace_id: workspaceId,
      target_id: targetId,
      action,
      actor,
      comment: comment ?? null,
    }));
    await this.database.affected(NOTE, [JSON.stringify(rows)], tx);
  }

  async contentHashes(targetIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.rows<{ id: string; hash: string }>(
      `select id, encode(content_hash, 'hex') as hash from target where id = any($1::uuid[])`,
      [targetIds],
      tx,
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  }

  async withReplacements(workspaceId: string, targetIds: readonly string[], tx: Tx): Promise<readonly string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `select t.id from target t where t.workspace_id = $1 and (t.id = any($2::uuid[]) or t.root_id = any($2::uuid[]))`,
      [workspaceId, targetIds],
      tx,
    );
    return rows.map(({ id }) => id);
  }

  async mark(targetIds: readonly string[], approval: 'waiting' | 'given', tx: Tx): Promise<void> {
    if (targetIds.length === 0) return;
    await this.database.affected(
      `update target set approval = $2, updated_at = now() where id = any($1::uuid[])`,
      [targetIds, approval],
      tx,
    );
  }

  async overdue(limit: number): Promise<readonly string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `select t.id from target t
        where t.status in ('scheduled', 'held') and t.status = 'held' and t.hold_reason = 'approval'
          and t.due_at <= statement_timestamp() and t.hold_until <= statement_timestamp()
        order by t.due_at, t.id limit $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
