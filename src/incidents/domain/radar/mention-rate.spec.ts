import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { judgeMentions, usualHour } from './mention-rate.js';
import type { RadarPoint } from './radar-watch.js';

const HOUR_AT = new Date('2026-01-26T12:00:00Z');
const NOW = plusMs(HOUR_AT, 20 * MINUTE_MS);
const point = (at: Date, value: number, coveredSeconds = 3_600): RadarPoint => ({ at, value, coveredSeconds });
const daysAgo = (days: number, value: number, covered?: number) =>
  point(plusMs(HOUR_AT, -days * DAY_MS), value, covered);
const judge = (points: readonly RadarPoint[]) => judgeMentions('tiktok down', points, NOW);

describe('people who say that something is down', () => {
  const usual = [1, 2, 3, 4, 5, 6, 7].map((days) => daysAgo(days, 20 + (days % 3)));

  it('are an alarm when they are far more than in the same hour of earlier days', () => {
    expect(judge([...usual, point(HOUR_AT, 60)])).toEqual({
      kind: 'alarm',
      alarm: {
        summary: '60 posts within an hour say "tiktok down"; 21 are usual at this time, 44 raise an alert.',
        value: 60,
        baseline: 21,
        threshold: 44,
      },
    });
  });

  it('are none while the hour is as usual', () => {
    expect(judge([...usual, point(HOUR_AT, 25)])).toEqual({ kind: 'calm' });
  });

  it('are neither alarm nor calm in between', () => {
    expect(judge([...usual, point(HOUR_AT, 40)])).toEqual({ kind: 'uneasy' });
  });

  it('are held against the same hour, not against quieter ones', () => {
    const nights = Array.from({ length: 48 }, (_, n) => point(plusMs(HOUR_AT, -n * HOUR_MS - 30 * MINUTE_MS), 0));
    const evenings = [1, 2, 3].map((days) => daysAgo(days, 100));
    expect(judge([...nights, ...evenings, point(HOUR_AT, 110)])).toEqual({ kind: 'calm' });
  });

  it('do not become usual by one bad day', () => {
    const withOutage = [...usual.slice(1), daysAgo(1, 5_000)];
    expect(judge([...withOutage, point(HOUR_AT, 60)])).toMatchObject({ kind: 'alarm' });
  });

  it('are no crowd when they are few, whatever the history', () => {
    const silence = [1, 2, 3, 4].map((days) => daysAgo(days, 0));
    expect(judge([...silence, point(HOUR_AT, 9)]).kind).not.toBe('alarm');
    expect(judge([...silence, point(HOUR_AT, 10)]).kind).toBe('alarm');
  });

  it('still count from the hour before when a new one has just begun', () => {
    const before = point(plusMs(HOUR_AT, -HOUR_MS), 70);
    expect(judge([...usual, before])).toMatchObject({ kind: 'alarm', alarm: { value: 70 } });
  });

  it('mean nothing while too little has been heard', () => {
    expect(judge([daysAgo(1, 1), daysAgo(2, 1), point(HOUR_AT, 500)])).toEqual({ kind: 'none' });
    const deaf = [1, 2, 3, 4].map((days) => daysAgo(days, 0, 600));
    expect(judge([...deaf, point(HOUR_AT, 500)])).toEqual({ kind: 'none' });
  });
});

describe('what is usual', () => {
  it('is any hour of the last week before the same hour is known three times', () => {
    const hours = Array.from({ length: 12 }, (_, n) => point(plusMs(HOUR_AT, -(n + 1) * HOUR_MS), 16));
    expect(usualHour(hours, HOUR_AT)).toEqual({ median: 16, spread: 4 });
    expect(usualHour(hours.slice(1), HOUR_AT)).toBeUndefined();
  });

  it('is reckoned for a whole hour where only a part was heard', () => {
    const halves = [1, 2, 3].map((days) => daysAgo(days, 10, 1_800));
    expect(usualHour(halves, HOUR_AT)?.median).toBe(20);
  });
});
