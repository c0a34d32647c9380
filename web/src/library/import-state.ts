import type { PostImportDto } from '../api/generated/types.gen.ts';

export const ROW_STATES = ['ready', 'fetching', 'bad', 'duplicate', 'done', 'failed'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What can be done with an import now, and how far it is. */
export interface ImportStand {
  readonly mayStart: boolean;
  readonly mayCancel: boolean;
  /** It changes by itself: worth asking again. */
  readonly isMoving: boolean;
  readonly hasErrors: boolean;
  readonly done: number;
  /** Rows that can become posts. */
  readonly total: number;
}

const STARTABLE = ['checked', 'refused', 'cancelled'];
const MOVING = ['queued', 'running'];

export const standOf = ({ state, rows }: Pick<PostImportDto, 'state' | 'rows'>): ImportStand => {
  const left = rows.ready + rows.fetching;
  return {
    mayStart: STARTABLE.includes(state) && left > 0,
    mayCancel: MOVING.includes(state),
    isMoving: MOVING.includes(state),
    hasErrors: rows.bad + rows.failed > 0,
    done: rows.done + rows.failed,
    total: left + rows.done + rows.failed,
  };
};

/** Which rows are worth looking at first: what is wrong, else all. */
export const firstShown = ({ rows }: Pick<PostImportDto, 'rows'>): 'bad' | 'failed' | undefined => {
  if (rows.failed > 0) return 'failed';
  return rows.bad > 0 ? 'bad' : undefined;
};
