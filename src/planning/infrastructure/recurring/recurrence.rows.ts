import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Wording } from '../../../publishing/domain/targets/frozen-content.js';
import { parseRule } from '../../domain/recurring/parse-rule.js';
import type { RecurrenceTarget } from '../../domain/recurring/planned-run.js';
import type { OccurrenceChange } from '../../domain/recurring/recurrence.js';
import type { StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { parseWallTime, type WallTime } from '../../domain/wall-time.js';

/** A local time as text: the driver would read a `timestamp` in the zone of this machine. */
export const localText = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
const localTexts = (column: string): string => `array(select ${localText('d')} from unnest(${column}) as d order by d)`;

/** Columns behind a StoredRecurrence; the table is `r`. */
export const RECURRENCE_COLUMNS = `r.id, r.workspace_id, r.post_id, r.rule, ${localText('r.starts_local')} as starts_local,
  r.zone, ${localTexts('r.exdates')} as exdates, ${localTexts('r.rdates')} as rdates, r.targets, r.paused_at, r.planned_until,
  r.problem, r.version, r.created_at, r.updated_at`;

export interface RecurrenceRow {
  readonly id: string;
  readonly workspace_id: WorkspaceId;
  readonly post_id: PostId;
  readonly rule: string;
  readonly starts_local: string;
  readonly zone: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  readonly targets: readonly RecurrenceTarget[];
  readonly paused_at: Date | null;
  readonly planned_until: Date | null;
  readonly problem: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A local time that the database holds. */
export const wallOf = (text: string): WallTime => {
  const wall = parseWallTime(text);
  if (wall === undefined) throw new Error(`The database holds a local time that does not exist: ${text}`);
  return wall;
};

export const toStoredRecurrence = (row: RecurrenceRow): StoredRecurrence => {
  const { rule } = parseRule(row.rule);
  if (!rule) throw new Error(`The database holds a rule that cannot be read: ${row.rule}`);
  const { zone, targets } = row;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    postId: row.post_id,
    recurrence: {
      rule,
      start: wallOf(row.starts_local),
      zone,
      exdates: row.exdates.map(wallOf),
      rdates: row.rdates.map(wallOf),
    },
    targets,
    isPaused: row.paused_at !== null,
    ...(row.paused_at ? { pausedAt: row.paused_at } : {}),
    ...(row.planned_until ? { plannedUntil: row.planned_until } : {}),
    ...(row.problem === null ? {} : { problem: row.problem }),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
};

export interface ChangeRow {
  readonly recurrence_id: string;
  readonly local_time: string;
  readonly is_skipped: boolean;
  readonly moved_to: string | null;
  readonly words: Wording | null;
  readonly is_locked: boolean;
}

export const toChange = (row: ChangeRow): OccurrenceChange => ({
  localTime: wallOf(row.local_time),
  isSkipped: row.is_skipped,
  isLocked: row.is_locked,
  ...(row.moved_to === null ? {} : { movedTo: wallOf(row.moved_to) }),
  ...(row.words === null ? {} : { words: row.words }),
});
