import type { SubscriberImportDto } from '../../api/generated/types.gen.ts';

export const VERDICTS = [
  'ready',
  'confirmed',
  'pending',
  'exists',
  'duplicate',
  'suppressed',
  'limited',
  'bad',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The server is at work, and no event tells of each row. */
export const isUnderWay = (state: SubscriberImportDto['state']): boolean =>
  ['receiving', 'queued', 'running'].includes(state);

export const rowsIn = ({ rows }: Pick<SubscriberImportDto, 'rows'>): number =>
  VERDICTS.reduce((sum, verdict) => sum + rows[verdict], 0);

/** Rows that wait for their turn are `ready`; all others have their fate. */
export const settledIn = ({ rows }: Pick<SubscriberImportDto, 'rows'>): number => rowsIn({ rows }) - rows.ready;
