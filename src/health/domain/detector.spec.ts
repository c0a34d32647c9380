import { describe, expect, it } from '@jest/globals';
import { DetectorRun } from '../../../test/mothers/detector-run.js';
import { detectorConfig } from './detector-config.js';
import { initialState, revive } from './detector-state.js';
import { rampShareOf, step } from './detector.js';

const MINUTE = 60_000;

describe('the detector, by probes', () => {
  it('is down after three bad looks in a row, not after two', () => {
    const run = new DetectorRun().probe('bad').after(5_000).probe('bad');
    expect(run.state).toBe('healthy');
    run.after(5_000).probe('bad');
    expect(run.state).toBe('down');
    expect(run.reason).toContain('Nearly all liveness probes fail: 3 bad');
  });

  it('does not let good probes talk failed posts away, nor good posts failed probes', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 6; i += 1) run.after(30_000).probe('good').uploadProbe('good').attempt('bad');
    expect(run.state).toBe('down');
    const other = new DetectorRun();
    for (let i = 0; i < 4; i += 1) other.after(15_000).attempt('good').attempt('good').attempt('good').probe('bad');
    expect(other.state).toBe('down');
  });

  it('hears upload probes that fail among looks that do not', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 6; i += 1) {
      for (let j = 0; j < 4; j += 1) run.after(15_000).probe('good');
      run.uploadProbe('bad');
    }
    expect(run.state).toBe('down');
    expect(run.reason).toMatch(/robes fail/);
  });

  it('hears a platform that fails a little everywhere sooner than by posts or probes alone', () => {
    const minutesOf = (posts: boolean, probes: boolean) => {
      const run = new DetectorRun();
      for (let i = 0; i < 4_000; i += 1) run.after(MINUTE).attempt('good').uploadProbe('good');
      let minutes = 0;
      for (; run.state === 'healthy' && minutes < 2_000; minutes += 1) {
        const verdict = minutes % 8 === 3 ? 'bad' : 'good';
        run.after(MINUTE).attempt(posts ? verdict : 'good');
        run.uploadProbe(probes ? verdict : 'good');
      }
      return minutes;
    };
    expect(minutesOf(true, true)).toBeLessThan(Math.min(minutesOf(true, false), minutesOf(false, true)));
  });
});

describe('the detector, by posts', () => {
  it('is down after five failed posts, and needs more of unknown outcome', () => {
    const failuresOf = (verdict: 'bad' | 'unknown') => {
      const run = new DetectorRun();
      let count = 0;
      for (; run.state !== 'down' && count < 50; count += 1) run.after(MINUTE).attempt(verdict);
      return count;
    };
    expect([failuresOf('bad'), failuresOf('unknown')]).toEqual([5, 7]);
  });

  it('calls a fifth of failures degraded, not down', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 400; i += 1) run.after(MINUTE).attempt(i % 5 === 2 ? 'bad' : 'good');
    expect(run.transitions.map(({ to }) => to)).toEqual(['degraded']);
  });

  it('calls it down when a degraded platform becomes much worse', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 400; i += 1) run.after(MINUTE).attempt(i % 5 === 2 ? 'bad' : 'good');
    for (let i = 0; i < 20; i += 1) run.after(MINUTE).attempt('bad');
    expect(run.state).toBe('down');
    expect(run.reason).toContain('became worse');
  });

  it('learns the usual failure rate within bounds, and nothing from an outage', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 5_000; i += 1) run.after(10_000).attempt(i % 25 === 7 ? 'bad' : 'good');
    expect(run.transitions).toEqual([]);
    const usual = run.current.rates.attempts.rate;
    expect(usual).toBeGreaterThan(0.035);
    expect(usual).toBeLessThan(0.045);
    for (let i = 0; i < 100; i += 1) run.after(10_000).attempt('bad');
    expect(run.current.rates.attempts.rate).toBeLessThan(0.05);
  });
});

describe('the detector, as a reducer', () => {
  it('comes back as the same object when a tick changes nothing', () => {
    const config = detectorConfig(1);
    const state = initialState(config, new Date(0));
    expect(step(state, { kind: 'tick' }, new Date(5_000), config).state).toBe(state);
    expect(rampShareOf(state, config)).toBe(1);
  });

  it('survives storage as JSON at any point and then decides the same', () => {
    const straight = new DetectorRun();
    const stored = new DetectorRun();
    const verdicts = ['good', 'bad', 'bad', 'unknown', 'bad', 'good'] as const;
    for (let i = 0; i < 300; i += 1) {
      const verdict = i % 97 < 40 ? verdicts[i % 6]! : 'good';
      for (const run of [straight, stored])
        run
          .after(20_000)
          .attempt(verdict)
          .probe(verdict === 'bad' ? 'bad' : 'good');
      stored.throughJson();
    }
    expect(stored.transitions).toEqual(straight.transitions);
    expect(straight.transitions.length).toBeGreaterThan(2);
  });

  it('keeps verdict and dwell of a state that an older version stored, and starts its evidence afresh', () => {
    const older = { state: 'down', sinceMs: 5, dwellMs: 7, dwellUntilMs: 12, reason: 'r', charts: {} } as never;
    const revived = revive(detectorConfig(1), new Date(5), older);
    expect(revived).toMatchObject({ state: 'down', dwellMs: 7, dwellUntilMs: 12, reason: 'r' });
    expect(revived.charts.together.score).toBe(0);
  });

  it('tells with each transition what it stood on', () => {
    const run = new DetectorRun().probe('bad').probe('bad').probe('bad');
    expect(run.transitions[0]).toMatchObject({
      from: 'healthy',
      to: 'down',
      samples: { liveness: { good: 0, bad: 3, unknown: 0 } },
      thresholds: { livenessTotal: { degradedAt: 14.5, downAt: 14.5, p1: 0.9 } },
    });
    expect(run.transitions[0]?.statistic['livenessTotal']).toBeGreaterThan(14.5);
  });
});

describe('the detector at sixty times the speed', () => {
  const config = detectorConfig(60);

  it('is down within a few seconds of one post a second failing nine of ten times', () => {
    const run = new DetectorRun(config);
    let seconds = 0;
    for (; run.state !== 'down' && seconds < 60; seconds += 1)
      run.after(1_000).attempt(seconds % 10 === 3 ? 'good' : 'bad');
    expect(seconds).toBeLessThanOrEqual(8);
  });

  it('is down within a few seconds of bad probes, and healthy within sixteen of being well again', () => {
    for (const everyMs of [250, 500]) {
      const run = new DetectorRun(config);
      for (let i = 0; i < 3; i += 1) run.after(1_000).probe('bad');
      expect(run.state).toBe('down');
      const wellAt = run.nowMs;
      for (let i = 0; run.state !== 'healthy' && i < 200; i += 1) run.after(everyMs).probe('good');
      expect(run.transitions.map(({ to }) => to)).toEqual(['down', 'recovering', 'healthy']);
      expect(run.nowMs - wellAt).toBeLessThanOrEqual(17_000);
    }
  });
});
