import { describe, expect, it } from '@jest/globals';
import { METRIC_AGES_MS, milestoneOf, nextLookAt, retryLookAt } from './metric-schedule.js';

const publishedAt = new Date('2026-11-01T00:00:00Z');
const after = (ms: number): Date => new Date(publishedAt.getTime() + ms);
const HOUR = 3_600_000;

describe('when counters are read', () => {
  it('follows the ages of the design at scale 1, to 30 days', () => {
    const hours = METRIC_AGES_MS.map((ms) => ms / HOUR);
    expect(hours).toEqual([0.25, 1, 3, 6, 12, 24, 48, 72, 168, 336, 720]);
  });

  it('looks at every age once and then never again', () => {
    const looks: Date[] = [];
    let now: Date | undefined = publishedAt;
    while ((now = nextLookAt(publishedAt, now, 1))) looks.push(now);
    expect(looks).toEqual(METRIC_AGES_MS.map(after));
  });

  it('leaves out the ages that passed unseen', () => {
    expect(nextLookAt(publishedAt, after(5 * HOUR), 1)).toEqual(after(6 * HOUR));
  });

  it('is divided by the time scale', () => {
    expect(nextLookAt(publishedAt, publishedAt, 60)).toEqual(after(15_000));
    expect(milestoneOf(publishedAt, after(60_000), 60)).toBe(3600);
  });

  it('says which age a sample stands for, and none when it came too late', () => {
    expect(milestoneOf(publishedAt, after(HOUR), 1)).toBe(3600);
    expect(milestoneOf(publishedAt, after(1.2 * HOUR), 1)).toBe(3600);
    expect(milestoneOf(publishedAt, after(1.5 * HOUR), 1)).toBeUndefined();
    expect(milestoneOf(publishedAt, after(60_000), 1)).toBeUndefined();
  });

  it('waits longer after each failure, at least as long as the platform says, and ends after the last age', () => {
    const now = after(HOUR);
    const waitOf = (failures: number) =>
      (retryLookAt({ publishedAt, failures }, now, { scale: 1 })?.getTime() ?? 0) - now.getTime();
    expect([0, 1, 2, 20].map(waitOf)).toEqual([120_000, 240_000, 480_000, 6 * HOUR]);
    const notBefore = after(9 * HOUR);
    expect(retryLookAt({ publishedAt, failures: 0 }, now, { scale: 1, notBefore })).toEqual(notBefore);
    expect(retryLookAt({ publishedAt, failures: 0 }, after(40 * 24 * HOUR), { scale: 1 })).toBeUndefined();
  });
});
