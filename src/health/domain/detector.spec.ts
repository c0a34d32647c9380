import { describe, expect, it } from '@jest/globals';
import { DetectorRun } from '../../../test/mothers/detector-run.js';
import { admissionOf, canaryOf } from './admission.js';
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
    expect(run.reason).toContain('Liveness probes fail: 3 bad');
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

describe('the detector, on the way back', () => {
  const fallen = () => new DetectorRun().probe('bad').probe('bad').probe('bad');
  const tried = () => {
    const run = fallen();
    for (let i = 0; !run.current.trial && i < 200; i += 1) run.after(15_000).probe('good');
    return run;
  };
  const recovering = () => tried().after(1_000).attempt('good');

  it('takes silence for no evidence', () => {
    const run = fallen();
    for (let i = 0; i < 1_000; i += 1) run.after(MINUTE).tick();
    expect(run.state).toBe('down');
    expect(run.current.trial).toBeNull();
  });

  it('is tried only after its dwell and quiet, by enough good looks', () => {
    const run = fallen();
    for (let i = 0; i < 19; i += 1) run.after(15_000).probe('good');
    expect(run.current.trial).toBeNull();
    run.after(15_000).probe('good');
    expect(run.current.trial).not.toBeNull();
    expect(run.state).toBe('down');
  });

  it('is not tried while upload probes that were part of the trouble still fail, however good the others are', () => {
    const run = new DetectorRun();
    for (let i = 0; run.state !== 'down' && i < 50; i += 1)
      run.after(MINUTE).probe('good').probe('good').uploadProbe('bad');
    for (let i = 0; i < 60; i += 1)
      run
        .after(MINUTE)
        .probe('good')
        .uploadProbe(i % 2 ? 'bad' : 'good');
    expect(run.current.trial).toBeNull();
    let minutes = 0;
    for (; !run.current.trial && minutes < 100; minutes += 1) run.after(MINUTE).probe('good').uploadProbe('good');
    expect(minutes).toBeLessThanOrEqual(13);
  });

  it('looks to publishing as if it recovered with a share of nothing, and gives one token', () => {
    const run = tried();
    expect(admissionOf(run.current, detectorConfig(1))).toEqual({ state: 'recovering', rampShare: 0 });
    expect(canaryOf(run.current)).toBeDefined();
    expect(canaryOf(fallen().current)).toBeUndefined();
    expect(admissionOf(fallen().current, detectorConfig(1))).toEqual({ state: 'down', rampShare: 0 });
  });

  it('recovers when the canary lands; a failed one leaves it down, for twice the dwell', () => {
    expect(recovering().share).toBe(0.01);
    const failed = tried().after(1_000).attempt('unknown');
    expect(failed.state).toBe('down');
    expect(failed.current).toMatchObject({ trial: null, failedTrials: 1, dwellMs: 10 * MINUTE });
    expect(failed.transitions.map(({ to }) => to)).toEqual(['down']);
  });

  it('does not take answers to older calls for the canary', () => {
    const run = tried().after(1_000).attempt('unknown', { latencyMs: 30_000 });
    expect(run.current.trial).not.toBeNull();
  });

  it('goes on by good probes when no post comes to try it with', () => {
    const run = tried();
    for (let i = 0; i < 9 && run.state === 'down'; i += 1) run.after(15_000).probe('good');
    expect(run.state).toBe('recovering');
  });

  it('climbs over 1, 5, 25, 50 and 100 % to healthy on good probes alone', () => {
    const run = recovering();
    const shares = [run.share];
    for (let i = 0; i < 121 && run.state === 'recovering'; i += 1) {
      run.after(15_000).probe('good');
      if (run.share !== shares.at(-1)) shares.push(run.share);
    }
    expect(shares).toEqual([0.01, 0.05, 0.25, 0.5, 1]);
    expect(run.state).toBe('healthy');
  });

  it('needs five minutes and twenty outcomes per step when judged by posts', () => {
    const run = recovering();
    for (let i = 0; i < 20; i += 1) run.after(1_000).attempt('good');
    expect(run.share).toBe(0.01);
    run.after(300_000).tick();
    expect(run.share).toBe(0.05);
  });

  it('counts good probes of a step anew after a bad outcome', () => {
    const run = recovering();
    for (let i = 0; i < 19; i += 1) run.after(1_000).probe('good');
    run.attempt('bad');
    for (let i = 0; i < 19; i += 1) run.after(1_000).probe('good');
    expect(run.share).toBe(0.01);
    expect(run.after(1_000).probe('good').share).toBe(0.05);
  });

  it('doubles the dwell at each relapse up to a quarter of an hour', () => {
    const run = recovering();
    const dwells: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      for (let j = 0; run.state === 'recovering' && j < 9; j += 1) run.after(1_000).probe('bad');
      dwells.push(run.current.dwellMs / MINUTE);
      for (let j = 0; run.state === 'down' && j < 200; j += 1) run.after(15_000).probe('good').attempt('good');
    }
    expect(dwells).toEqual([10, 15, 15, 15]);
  });

  it('is called degraded, not healthy, when at the end of its ramp more fails than usual', () => {
    const run = recovering();
    for (let i = 0; run.state === 'recovering' && i < 400; i += 1)
      run
        .after(15_000)
        .probe('good')
        .attempt(i % 9 === 4 ? 'bad' : 'good');
    expect(run.transitions.at(-1)).toMatchObject({ from: 'recovering', to: 'degraded' });
  });

  it('ends degraded after a calm with good news, not before', () => {
    const degraded = () => {
      const run = new DetectorRun();
      for (let i = 0; run.state === 'healthy' && i < 500; i += 1)
        run.after(30_000).attempt(i % 5 === 2 ? 'bad' : 'good');
      return run;
    };
    const run = degraded();
    for (let i = 0; i < 19; i += 1) run.after(30_000).attempt('good');
    expect(run.state).toBe('degraded');
    for (let i = 0; i < 60; i += 1) run.after(30_000).attempt('good');
    expect(run.state).toBe('healthy');
    expect(degraded().after(86_400_000).tick().state).toBe('degraded');
  });

  it('without probes asks with one canary after a quarter of an hour, and only that tells', () => {
    const run = new DetectorRun(detectorConfig(1, true)).probe('bad').probe('bad').probe('bad');
    expect(run.after(14 * MINUTE).tick().current.trial).toBeNull();
    expect(run.after(MINUTE).tick().current.trial).not.toBeNull();
    expect(run.after(60 * MINUTE).tick().state).toBe('down');
    expect(run.attempt('good').state).toBe('recovering');
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
      thresholds: { liveness: { degradedAt: 11, downAt: 12.5, p1: 0.5 } },
    });
    expect(run.transitions[0]?.statistic['liveness']).toBeGreaterThan(12.5);
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
