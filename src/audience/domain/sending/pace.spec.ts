import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

/** Sends whenever it may during `seconds`; looks every 10 ms. @returns how many went */
const send = (pace: Pace, from: number, seconds: number): number => {
  let sent = 0;
  for (let now = from; now < from + seconds * 1_000; now += 10) {
    if (pace.waitMs(now) > 0) continue;
    pace.take(now);
    sent += 1;
  }
  return sent;
};

describe('Pace', () => {
  it('holds nobody back until the receiver does', () => {
    const pace = new Pace(Infinity, 0);
    expect(send(pace, 0, 10)).toBe(1_000);
    expect(pace.limit).toBe(Infinity);
  });

  it('halves what it sent when it is pushed back, once for a burst of answers', () => {
    const pace = new Pace(Infinity, 0);
    send(pace, 0, 10);
    for (let answer = 0; answer < 5; answer += 1) pace.pushBack(10_000 + answer);
    expect(pace.limit).toBeCloseTo(50, 0);
    const sent = send(pace, 10_010, 10);
    expect(sent).toBeGreaterThan(450);
    expect(sent).toBeLessThan(700);
  });

  it('recovers slowly, and forgets in the end', () => {
    const pace = new Pace(Infinity, 0);
    send(pace, 0, 10);
    pace.pushBack(10_000);
    pace.waitMs(40_000);
    expect(pace.limit).toBeCloseTo(100, 0);
    pace.waitMs(400_000);
    expect(pace.limit).toBe(Infinity);
  });

  it('never falls silent, however often it is pushed back', () => {
    const pace = new Pace(Infinity, 0);
    for (let second = 0; second < 30; second += 1) pace.pushBack(second * 1_000);
    expect(pace.limit).toBeGreaterThanOrEqual(0.1);
    expect(pace.waitMs(30_000)).toBeLessThanOrEqual(10_000);
  });

  it('keeps to a ceiling from the first message on', () => {
    expect(send(new Pace(5, 0), 0, 20)).toBeLessThanOrEqual(105);
  });
});
