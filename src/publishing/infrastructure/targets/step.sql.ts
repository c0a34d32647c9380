import type { AttemptChange, TargetChange } from '../../domain/targets/target-state.js';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What one row gets: only what a change names is written. */
interface RowChange {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Assignments without a value of their own. */
  readonly fixed: readonly string[];
}

const TARGET_TYPES: Readonly<Record<string, string>> = {
  status: 'text',
  due_at: 'timestamptz',
  tries: 'int',
  checks: 'int',
  next_check_at: 'timestamptz',
  hold_reason: 'text',
  hold_until: 'timestamptz',
  approval: 'text',
  error_category: 'text',
  error_source: 'text',
  outcome: 'text',
  error_detail: 'text',
  platform_post_id: 'text',
  platform_handle: 'text',
  permalink: 'text',
  published_at: 'timestamptz',
  late: 'boolean',
  notices: 'text[]',
};

const ATTEMPT_TYPES: Readonly<Record<string, string>> = {
  state: 'text',
  call_deadline_at: 'timestamptz',
  http_status: 'int',
  platform_code: 'text',
  request_id: 'text',
  answer_detail: 'text',
};

/** The UPDATEs that steps make on their targets: one for all rows that change the same columns. */
export const targetUpdates = (changes: readonly { id: string; change: TargetChange }[]): Statement[] =>
  updatesOf('target', TARGET_TYPES, changes.map(targetRow));

/** The UPDATEs that steps make on their attempts. */
export const attemptUpdates = (changes: readonly { id: string; change: AttemptChange }[]): Statement[] =>
  updatesOf('attempt', ATTEMPT_TYPES, changes.map(attemptRow));

const targetRow = ({ id, change }: { id: string; change: TargetChange }): RowChange => {
  const leavesHold = !change.hold && change.status !== 'held';
  return {
    id,
    values: named({
      status: change.status,
      due_at: change.dueAt,
      tries: change.tries,
      checks: change.checks,
      next_check_at: change.nextCheckAt,
      hold_reason: change.hold?.reason,
      hold_until: change.hold?.until,
      approval: change.approval,
      ...errorValues(change),
      ...liveValues(change),
    }),
    fixed: [
      'updated_at = now()',
      ...(change.bumpVersion ? ['version = t.version + 1'] : []),
      ...(leavesHold ? ['hold_reason = null, hold_until = null'] : []),
    ],
  };
};

const errorValues = ({ error }: TargetChange) =>
  error === undefined
    ? {}
    : {
        error_category: error?.category ?? null,
        error_source: error?.source ?? null,
        outcome: error?.outcome ?? null,
        error_detail: error?.detail ?? null,
      };

const liveValues = ({ live, link }: TargetChange) => ({
  platform_post_id: live ? (live.platformPostId ?? link?.platformPostId) : link?.platformPostId,
  permalink: live ? (live.permalink ?? link?.permalink) : link?.permalink,
  platform_handle: live?.handle,
  published_at: live?.publishedAt,
  late: live?.late,
  notices: live?.notices,
});

const attemptRow = ({ id, change }: { id: string; change: AttemptChange }): RowChange => ({
  id,
  values: named({ state: change.state, call_deadline_at: change.callDeadlineAt, ...answerValues(change) }),
  fixed: change.absentRead
    ? ['absent_reads = t.absent_reads + 1, last_absent_at = clock_timestamp()']
    : ['outcome_at = coalesce(t.outcome_at, clock_timestamp())'],
});

const answerValues = ({ answer }: AttemptChange) =>
  answer === undefined
    ? {}
    : {
        http_status: answer.httpStatus ?? null,
        platform_code: answer.platformCode ?? null,
        request_id: answer.requestId ?? null,
        answer_detail: answer.detail ?? null,
      };

const named = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const updatesOf = (table: string, types: Readonly<Record<string, string>>, rows: readonly RowChange[]): Statement[] => {
  const shapes = Map.groupBy(rows, ({ values, fixed }) => [...Object.keys(values), ...fixed].join());
  return [...shapes.values()].map(([first, ...more]) => {
    const columns = Object.keys(first?.values ?? {});
    const sets = [...columns.map((column) => `${column} = v.${column}`), ...(first?.fixed ?? [])];
    const shape = ['id uuid', ...columns.map((column) => `${column} ${types[column]}`)];
    return {
      sql: `update ${table} t set ${sets.join(', ')}
              from jsonb_to_recordset($1::jsonb) as v(${shape.join(', ')}) where t.id = v.id`,
      parameters: [jsonOf([first, ...more].map((row) => ({ id: row?.id, ...row?.values })))],
    };
  });
};

/** Rows as JSON that PostgreSQL takes: platforms' texts may hold NUL or half a character. */
export const jsonOf = (rows: readonly unknown[]): string =>
  JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  );
