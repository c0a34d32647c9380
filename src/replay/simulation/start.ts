import { plusMs } from '../../kernel/durations.js';

/** Simulated time begins here. */
export const START = new Date('2026-01-25T06:00:00Z');

/** The instant so many ms into a run. */
export const instantAt = (ms: number): Date => plusMs(START, ms);
