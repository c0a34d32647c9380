import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type AttemptSummary,
  type HistoryEntry,
  type ListedTarget,
  type TargetFilter,
  TargetReader,
  type TargetSlice,
} from '../../application/targets/target-reader.js';
import { plannedOf } from '../../domain/targets/summary-of-new.js';
import type { ErrorCategory, ErrorSource, SendOutcome } from '../../domain/targets/target-state.js';
import type { DuplicateCopy, LateCopyRemoval, TargetSummary } from '../../domain/targets/target-summary.js';
import { present, TARGET_COLUMNS, type TargetRow } from './target.rows.js';

type SummaryRow = Omit<TargetRow, 'content'> & {
  readonly local_time: string;
  readonly spread_seconds: number;
  readonly published_at: Date | null;
  readonly permalink: string | null;
  readonly late: boolean;
  readonly notices: readonly string[];
  readonly error_category: ErrorCategory | null;
  readonly error_source: ErrorSource | null;
  readonly outcome: SendOutcome | null;
  readonly error_detail: string | null;
  readonly sort_key: string;
  readonly duplicates: readonly DuplicateCopy[] | null;
  readonly removal: LateCopyRemoval | null;
};

const DUPLICATES = `(
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('platformPostId', d.platform_post_id, 'permalink', d.permalink,
             'foundAt', to_char(d.found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) order by d.found_at)
      from target_duplicate d where d.target_id = t.id)`;

const REMOVAL = `(
    select jsonb_strip_nulls(jsonb_build_object('state', m.state, 'detail', m.detail,
             'at', to_char(m.outcome_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from removal m where m.workspace_id = t.workspace_id and m.target_id = t.id)`;

const COLUMNS = `${TARGET_COLUMNS.replace('t.content,', '')}, to_char(t.local_time, 'YYYY-MM-DD"T"HH24:MI:SS') as local_time,
  t.spread_seconds, t.published_at, t.permalink, t.late, t.notices, t.error_category, t.error_source, t.outcome, t.error_detail,
  t.scheduled_at::text as sort_key, ${DUPLICATES} as duplicates,
  case when t.late then ${REMOVAL} end as removal`;

const PLATFORM_OF_ACCOUNT = '(select a.platform from account a where a.workspace_id = $1 and a.id = ?::uuid) = ?';

/** Reads for the API; the workspace is part of every condition. */
@Injectable()
export class TargetReaderRepository extends TargetReader {
  constructor(private readonly database: Database) {
    super();
  }

  async byIds(workspaceId: string, ids: readonly string[], tx?: Tx): Promise<readonly TargetSummary[]> {
    const rows = await this.database.rows<SummaryRow>(
      `select ${COLUMNS} from target t where t.workspace_id = $1 and t.id = any($2::uuid[]) order by t.scheduled_at, t.id`,
      [workspaceId, ids],
      tx,
    );
    return rows.map(toSummary);
  }

  async forPosts(
    workspaceId: string,
    postIds: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, readonly TargetSummary[]>> {
    const rows = await this.database.rows<SummaryRow>(
      `select ${COLUMNS} from target t where t.workspace_id = $1 and t.post_id = any($2::uuid[])
        order by t.scheduled_at, t.id`,
      [workspaceId, postIds],
      tx,
    );
    return Map.groupBy(rows.map(toSummary), (summary) => summary.postId);
  }

  async list(workspaceId: string, filter: TargetFilter, slice: TargetSlice): Promise<readonly ListedTarget[]> {
    const parameters: unknown[] = [workspaceId];
    const conditions = ['t.workspace_id = $1'];
    const add = (condition: string, ...values: readonly unknown[]) => {
      const numbered = values.reduce<string>(
        (text, value) => text.replace('?', `$${parameters.push(value)}`),
        condition,
      );
      conditions.push(numbered);
    };
    if (filter.status) add('t.status = ?', filter.status);
    // Nothing is sent before its time (I11): said here, no index walks what is still to come.
    if (filter.status === 'published') conditions.push('t.scheduled_at <= now()');
    if (filter.holdReason) add(`t.status = 'held' and t.hold_reason = ?`, filter.holdReason);
    // An account has one platform: asked once, an account of another one is not read to its end.
    if (filter.platform && filter.accountId) add(PLATFORM_OF_ACCOUNT, filter.accountId, filter.platform);
    else if (filter.platform) add('t.platform = ?', filter.platform);
    if (filter.accountId) add('t.account_id = ?', filter.accountId);
    if (filter.postId) add('t.post_id = ?', filter.postId);
    if (filter.role) add('t.role = ?', filter.role);
    if (filter.from) add('t.scheduled_at >= ?', filter.from);
    if (filter.to) add('t.scheduled_at < ?', filter.to);
    if (slice.after) add('(t.scheduled_at, t.id) < (?::timestamptz, ?::uuid)', slice.after.at, slice.after.id);
    const rows = await this.database.rows<SummaryRow>(
      `select ${COLUMNS} from target t where ${conditions.join(' and ')}
        order by t.scheduled_at desc, t.id desc limit ${slice.limit + 1}`,
      parameters,
    );
    return rows.map((row) => ({ ...toSummary(row), sortKey: row.sort_key }));
  }

  async attempts(workspaceId: string, targetId: string): Promise<readonly AttemptSummary[]> {
    return this.database.rows<AttemptSummary>(
      `select a.id, a.no, a.version, a.state, a.handle, i.at as "intentAt", a.commit_started_at as "callStartedAt",
              a.call_deadline_at as "callDeadlineAt", a.outcome_at as "outcomeAt", a.absent_reads as "absentReads",
              a.http_status as "httpStatus", a.platform_code as "platformCode", a.request_id as "requestId",
              a.answer_detail as "answerDetail", a.created_at as "createdAt", a.evidence->'override' as override,
              case when d.attempt_id is null then null else jsonb_build_object('platformPostId', d.platform_post_id,
                'permalink', d.permalink, 'foundAt', d.found_at) end as "secondCopy"
         from attempt a left join target_duplicate d on d.target_id = a.target_id and d.attempt_id = a.id
         left join intent i on i.target_id = a.target_id and i.version = a.version and i.fence = a.fence
        where a.workspace_id = $1 and a.target_id = $2 order by a.no`,
      [workspaceId, targetId],
    );
  }

  async history(workspaceId: string, targetId: string): Promise<readonly HistoryEntry[]> {
    return this.database.rows<HistoryEntry>(
      `select seq, from_status as "from", to_status as "to", cause, actor, reasons, at
         from target_event where workspace_id = $1 and target_id = $2 order by seq`,
      [workspaceId, targetId],
    );
  }
}

const toSummary = (row: SummaryRow): TargetSummary => ({
  id: row.id,
  postId: row.post_id,
  occurrenceId: row.occurrence_id,
  accountId: row.account_id,
  platform: row.platform,
  role: row.role,
  rootId: row.root_id,
  status: row.status,
  scheduledAt: row.scheduled_at,
  ...plannedOf(row.id, row.scheduled_at, row.spread_seconds),
  localTime: row.local_time,
  zone: row.zone,
  staleAt: row.stale_at,
  late: row.late,
  version: row.version,
  ...present('replacementId', row.replacement_id),
  ...present('holdReason', row.hold_reason),
  ...present('holdUntil', row.hold_until),
  ...present('approval', row.approval),
  ...present('publishedAt', row.published_at),
  ...present('platformPostId', row.platform_post_id),
  ...present('permalink', row.permalink),
  ...(row.notices.length === 0 ? {} : { notices: row.notices }),
  ...present('duplicates', row.duplicates),
  ...present('removal', row.removal),
  ...(row.error_category
    ? {
        error: {
          category: row.error_category,
          source: row.error_source ?? 'system',
          outcome: row.outcome ?? 'unknown',
          detail: row.error_detail ?? '',
        },
      }
    : {}),
});
