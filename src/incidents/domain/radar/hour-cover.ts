import { HOUR_MS, SECOND_MS } from '../../../kernel/durations.js';

/** How much of an hour was listened to. */
export interface HourCover {
  readonly hourAt: Date;
  /** 0..3600. */
  readonly seconds: number;
}

/** A stream is never resumed from further back; a clock that is off must not make us count hours for hours. */
const MAX_HOURS = 48;

/** The start of the hour, UTC. */
export const hourOf = (atMs: number): Date => new Date(Math.floor(atMs / HOUR_MS) * HOUR_MS);

/** The hours between two instants, ms, and how much of each lies between. */
export const coversBetween = (fromMs: number, toMs: number): HourCover[] => {
  const covers: HourCover[] = [];
  for (let atMs = fromMs; atMs < toMs && covers.length < MAX_HOURS;) {
    const hourAt = hourOf(atMs);
    const endMs = Math.min(toMs, hourAt.getTime() + HOUR_MS);
    covers.push({ hourAt, seconds: (endMs - atMs) / SECOND_MS });
    atMs = endMs;
  }
  return covers;
};
