import type { AttemptChange, TargetChange } from '../../domain/targets/target-state.js';

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Collects `column = $n` pairs; only what a change names is written. */
class Assignments {
  readonly parameters: unknown[];
  private readonly parts: string[] = [];

  constructor(id: string) {
    this.parameters = [id];
  }

  set(column: string, value: unknown): void {
    if (value === undefined) return;
    this.parameters.push(value);
    this.parts.push(`${column} = $${this.parameters.length}`);
  }

  raw(assignment: string): void {
    this.parts.push(assignment);
  }

  statement(table: string): Statement {
    return { sql: `update ${table} set ${this.parts.join(', ')} where id = $1`, parameters: this.parameters };
  }
}

/** The UPDATE that a step makes on its target. */
export const targetUpdate = (targetId: string, change: TargetChange): Statement => {
  const update = new Assignments(targetId);
  update.raw('updated_at = now()');
  update.set('status', change.status);
  if (change.bumpVersion) update.raw('version = version + 1');
  update.set('due_at', change.dueAt);
  update.set('tries', change.tries);
  update.set('checks', change.checks);
  update.set('next_check_at', change.nextCheckAt);
  setHold(update, change);
  setError(update, change);
  setLive(update, change);
  return update.statement('target');
};

const setHold = (update: Assignments, { status, hold }: TargetChange): void => {
  if (hold) {
    update.set('hold_reason', hold.reason);
    update.set('hold_until', hold.until);
  } else if (status !== 'held') update.raw('hold_reason = null, hold_until = null');
};

const setError = (update: Assignments, { error }: TargetChange): void => {
  if (error === undefined) return;
  update.set('error_category', error?.category ?? null);
  update.set('error_source', error?.source ?? null);
  update.set('outcome', error?.outcome ?? null);
  update.set('error_detail', error?.detail ?? null);
};

const setLive = (update: Assignments, { live, link }: TargetChange): void => {
  update.set('platform_post_id', link?.platformPostId);
  update.set('permalink', link?.permalink);
  if (!live) return;
  update.set('platform_post_id', live.platformPostId);
  update.set('platform_handle', live.handle);
  update.set('permalink', live.permalink);
  update.set('published_at', live.publishedAt);
  update.set('late', live.late);
  update.set('notices', live.notices);
};

/** The UPDATE that a step makes on its attempt. */
export const attemptUpdate = (attemptId: string, change: AttemptChange): Statement => {
  const update = new Assignments(attemptId);
  update.set('state', change.state);
  update.set('call_deadline_at', change.callDeadlineAt);
  if (change.absentRead) update.raw('absent_reads = absent_reads + 1, last_absent_at = clock_timestamp()');
  else update.raw('outcome_at = coalesce(outcome_at, clock_timestamp())');
  return update.statement('attempt');
};
