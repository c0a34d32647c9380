import { describe, expect, it } from '@jest/globals';
import { instantOfWall, nextMinute, wallClock, wallDay, wallShift, wallTime } from './wall-time.ts';

const PARIS = 'Europe/Paris';

describe('wall time', () => {
  it('is what a clock of the zone shows', () => {
    expect(wallTime('2026-11-22T23:30:45.500Z', PARIS)).toBe('2026-11-23T00:30');
    expect(wallDay('2026-11-22T23:30:00Z', PARIS)).toBe('2026-11-23');
    expect(wallDay('2026-11-22T23:30:00Z', 'America/New_York')).toBe('2026-11-22');
  });

  it('is told quickly for many instants, and the same, also around changes of clocks', () => {
    for (const zone of [PARIS, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
      const wall = wallClock(zone);
      const instants = Array.from({ length: 2_000 }, (_, at) => new Date(Date.UTC(2026, 2, 1) + at * 10_000_000));
      for (const at of instants) expect(wall(at.toISOString())).toBe(wallTime(at.toISOString(), zone));
    }
  });

  it('becomes an instant, and nothing where it is none', () => {
    expect(instantOfWall('2026-07-01T12:00', PARIS)).toBe('2026-07-01T10:00:00Z');
    expect(instantOfWall('2026-12-01T12:00', PARIS)).toBe('2026-12-01T11:00:00Z');
    expect(instantOfWall('', PARIS)).toBeUndefined();
  });

  it('moves by days and minutes as the wall has them, whatever clocks do between', () => {
    expect(wallShift('2026-03-28T09:00:00Z', '2026-03-29T08:00:00Z', PARIS)).toEqual({ days: 1, minutes: 0 });
    expect(wallShift('2026-11-22T10:00:00Z', '2026-11-21T09:30:00Z', PARIS)).toEqual({ days: -1, minutes: -30 });
    expect(wallShift('2026-11-22T10:00:12Z', '2026-11-22T10:15:12Z', PARIS)).toEqual({ days: 0, minutes: 15 });
  });

  it('has a next minute that is not over before a call arrives', () => {
    expect(nextMinute(Date.parse('2026-11-22T10:00:59Z'))).toBe('2026-11-22T10:02:00.000Z');
    expect(nextMinute(Date.parse('2026-11-22T10:00:00Z'))).toBe('2026-11-22T10:01:00.000Z');
  });
});
