import type { Finding, Warning } from '../finding.js';
import type { Layout } from './layouts/layout.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { RowField } from './row-draft.js';
import type { RowRequest } from './row-request.js';

export const ROW_STATES = ['ready', 'fetching', 'bad', 'duplicate', 'done', 'failed'] as const;
/**
 * `ready`: can be imported. `fetching`: its video is being fetched. `bad`: cannot be. `duplicate`: says what another
 * row or an earlier import said. `done`: a post is stored. `failed`: it was ready, and was refused when its turn came.
 */
export type RowState = (typeof ROW_STATES)[number];

/** What was found out about one row. */
export interface RowVerdict {
  readonly row: number;
  readonly state: Extract<RowState, 'ready' | 'bad' | 'duplicate'>;
  /** With `ready` only hints. */
  readonly problems: readonly RowProblem[];
  /** Absent when the row cannot be imported. */
  readonly request?: RowRequest;
  /** What the row says, whatever its place; absent when it cannot be read. */
  readonly digest?: string;
  /** As the file has them, where the row is not ready. */
  readonly cells?: readonly string[];
}

/** Where a finding of the review lies in a file. */
export const problemOf = ({ code, violation }: Finding, layout: Layout): RowProblem => {
  const column = columnOf(violation.field, layout);
  const stable = code === 'content.invalid' ? violation.rule : code;
  return { ...(column === undefined ? {} : { column }), code: stable, message: violation.message };
};

export const hintOf = ({ field, code, message }: Warning, layout: Layout): RowProblem => {
  const column = columnOf(field, layout);
  return { ...(column === undefined ? {} : { column }), code, message };
};

/** Without what only follows from a cell that could not be read: that cell has said what is wrong with it. */
export const withoutEchoes = (found: readonly RowProblem[], ofCells: readonly RowProblem[]): RowProblem[] => {
  const unread = new Set(ofCells.map(({ column }) => column));
  return found.filter(({ column }) => !column?.split('|').some((name) => unread.has(name)));
};

const FIELDS: readonly (readonly [RegExp, RowField])[] = [
  [/(^|\.)(scheduledAt|publishNow)$/, 'scheduledAt'],
  [/^targets(\.\d+(\.accountId)?)?$/, 'accounts'],
  [/(^|\.)media(Ids)?(\.|$)/, 'media'],
  [/(^|\.)options(\.|$)/, 'options'],
  [/^variants(\.|$)/, 'variants'],
  [/(^|\.)title$/, 'title'],
  [/(^|\.)caption$/, 'caption'],
  [/(^|\.)tags(\.|$)/, 'tags'],
  [/^timezone$/, 'timezone'],
  [/^recycling(\.|$)/, 'recycling'],
  [/^kind$/, 'kind'],
];

/** The column of a request's field such as `targets.0.caption`. */
const columnOf = (field: string, { columns }: Layout): string | undefined => {
  const [, about] = FIELDS.find(([pattern]) => pattern.test(field)) ?? [];
  return about && (columns[about] ?? (about === 'variants' ? columns.caption : undefined));
};
