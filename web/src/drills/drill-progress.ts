import type { DrillDto } from '../api/generated/types.gen.ts';

const EVERY_MS = 2_000;

type Under = Pick<DrillDto, 'status' | 'startsAt'>;

/** Whether it runs, or is about to: progress is told by no event, so it is asked for. */
export const isUnderWay = ({ status, startsAt }: Under, nowMs: number): boolean =>
  status === 'running' || (status === 'planned' && Date.parse(startsAt) <= nowMs + EVERY_MS);

/** How soon to ask again; never when nothing runs. */
export const pollWhileRunning = (drills: readonly Under[], nowMs = Date.now()): number | false =>
  drills.some((drill) => isUnderWay(drill, nowMs)) ? EVERY_MS : false;
