import { DAY_MS } from '../../kernel/durations.js';

/** How many posts are tried. */
export interface Volume {
  readonly sinceMs: number;
  readonly count: number;
  /** Of the days before, the busiest counting less each day. */
  readonly perDay: number;
}

export const NO_VOLUME: Volume = { sinceMs: 0, count: 0, perDay: 0 };

const FADE = 0.7;
/** The limits are made for so many observations a month: one a minute. */
const USUAL_PER_MONTH = 43_200;
const DAYS = 30;

export const countOne = ({ sinceMs, count, perDay }: Volume, atMs: number): Volume =>
  atMs - sinceMs < DAY_MS
    ? { sinceMs, count: count + 1, perDay }
    : { sinceMs: atMs, count: 1, perDay: Math.max(count, FADE * perDay) };

/** Nats a limit must rise so that a month of this traffic brings no more false alarms than a usual one. */
export const busyMargin = ({ count, perDay }: Volume): number =>
  Math.max(0, Math.log((DAYS * Math.max(count, perDay)) / USUAL_PER_MONTH));
