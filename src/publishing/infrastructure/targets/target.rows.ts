import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { FrozenContent } from '../../domain/targets/frozen-content.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { AttemptState, HoldReason } from '../../domain/targets/target-state.js';
import type { TargetRole } from '../../domain/targets/target-summary.js';
import type { TargetStatus } from '../../domain/targets/target-status.js';
import type { ApprovalState } from '../../domain/approvals/approval-state.js';

/** Columns behind a TargetRecord. */
export const TARGET_COLUMNS = `t.id, t.workspace_id, t.post_id, t.occurrence_id, t.account_id, t.platform, t.role, t.root_id,
  t.replacement_id, t.status, t.hold_reason, t.hold_until, t.version, t.scheduled_at, t.due_at, t.stale_at, t.zone, t.content,
  t.tries, t.checks, t.platform_post_id, t.platform_handle, t.approval,
  (select r.status not in ('failed', 'missed', 'cancelled') from target r where r.id = t.replacement_id) as replacement_carries`;

export interface TargetRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly post_id: string;
  readonly occurrence_id: string;
  readonly account_id: string;
  readonly platform: PlatformName;
  readonly role: TargetRole;
  readonly root_id: string;
  readonly replacement_id: string | null;
  readonly replacement_carries: boolean | null;
  readonly status: TargetStatus;
  readonly hold_reason: HoldReason | null;
  readonly hold_until: Date | null;
  readonly version: number;
  readonly scheduled_at: Date;
  readonly due_at: Date;
  readonly stale_at: Date;
  readonly zone: string;
  readonly content: FrozenContent;
  readonly tries: number;
  readonly checks: number;
  readonly platform_post_id: string | null;
  readonly platform_handle: string | null;
  readonly approval: ApprovalState | null;
}

/** `value` under `key`, or nothing where the column is null. */
export const present = <K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } =>
  (value === null || value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

export const toTargetRecord = (row: TargetRow): TargetRecord => ({
  id: row.id,
  workspaceId: row.workspace_id,
  postId: row.post_id,
  occurrenceId: row.occurrence_id,
  accountId: row.account_id,
  platform: row.platform,
  role: row.role,
  rootId: row.root_id,
  status: row.status,
  version: row.version,
  scheduledAt: row.scheduled_at,
  dueAt: row.due_at,
  staleAt: row.stale_at,
  zone: row.zone,
  content: row.content,
  tries: row.tries,
  checks: row.checks,
  ...present('replacementId', row.replacement_id),
  ...present('replacementCarries', row.replacement_carries),
  ...present('holdReason', row.hold_reason),
  ...present('holdUntil', row.hold_until),
  ...present('platformPostId', row.platform_post_id),
  ...present('platformHandle', row.platform_handle),
  ...present('approval', row.approval),
});

/** Columns behind an AttemptRecord. */
export const ATTEMPT_COLUMNS = `a.id, a.target_id, a.version, a.fence, a.state, a.handle, a.commit_started_at,
  a.call_deadline_at, a.outcome_at, a.absent_reads, a.last_absent_at, a.created_at`;

export interface AttemptRow {
  readonly id: string;
  readonly target_id: string;
  readonly version: number;
  readonly fence: string;
  readonly state: AttemptState;
  readonly handle: string | null;
  readonly commit_started_at: Date | null;
  readonly call_deadline_at: Date | null;
  readonly outcome_at: Date | null;
  readonly absent_reads: number;
  readonly last_absent_at: Date | null;
  readonly created_at: Date;
}

export const toAttemptRecord = (row: AttemptRow): AttemptRecord => ({
  id: row.id,
  targetId: row.target_id,
  version: row.version,
  fence: row.fence,
  state: row.state,
  absentReads: row.absent_reads,
  createdAt: row.created_at,
  ...present('handle', row.handle),
  ...present('commitStartedAt', row.commit_started_at),
  ...present('callDeadlineAt', row.call_deadline_at),
  ...present('outcomeAt', row.outcome_at),
  ...present('lastAbsentAt', row.last_absent_at),
});
