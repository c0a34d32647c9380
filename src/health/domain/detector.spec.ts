import { describe, expect, it } from '@jest/globals';
import { detectorConfig } from './detector-config.js';
import { initialState } from './detector-state.js';
import { rampShareOf, step } from './detector.js';
import { DetectorRun } from '../../../test/mothers/detector-run.js';

describe('the detector, by probes', () => {
  it('is degraded after two bad probes in a row and down after three', () => {
    const run = new DetectorRun();
    run.probe('bad');
    expect(run.state).toBe('healthy');
    run.after(5_000).probe('bad');
    expect(run.state).toBe('degraded');
    run.after(5_000).probe('bad');
    expect(run.state).toBe('down');
    expect(run.reason).toContain('Liveness probes fail: 3 bad');
  });

  it('does not let good probes talk failed posts away, nor good posts failed probes', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 6; i += 1) run.after(30_000).probe('good').probe('good').attempt('bad');
    expect(run.state).toBe('down');
    const other = new DetectorRun();
    for (let i = 0; i < 3; i += 1) other.after(15_000).attempt('good').attempt('good').attempt('good').probe('bad');
    expect(other.state).toBe('down');
  });

  it('keeps upload probes and liveness apart', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 20; j += 1) run.after(15_000).probe('good');
      run.uploadProbe('bad').uploadProbe('bad');
    }
    expect(run.state).toBe('down');
    expect(run.reason).toContain('Upload probes fail');
  });
});

describe('the detector, by posts', () => {
  it('is down after five failed posts and needs twice as many of unknown outcome', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 4; i += 1) run.after(60_000).attempt('bad');
    expect(run.state).toBe('healthy');
    run.after(60_000).attempt('bad');
    expect(run.state).toBe('down');
    const doubt = new DetectorRun();
    for (let i = 0; i < 8; i += 1) doubt.after(60_000).attempt('unknown');
    expect(doubt.state).toBe('healthy');
    doubt.after(60_000).attempt('unknown');
    expect(doubt.state).toBe('down');
  });

  it('calls a third of failures degraded, not down', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 20 && run.state === 'healthy'; i += 1)
      run.after(60_000).attempt('bad').attempt('good').attempt('good');
    expect(run.state).toBe('degraded');
  });

  it('stays healthy at the usual failure rate, and learns it within bounds', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 5_000; i += 1) run.after(10_000).attempt(i % 50 === 7 ? 'bad' : 'good');
    expect(run.transitions).toEqual([]);
    expect(run.current.attemptRate).toBeGreaterThanOrEqual(0.02);
    expect(run.current.attemptRate).toBeLessThan(0.025);
  });

  it('counts one target once per window, however often it is retried', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 20; i += 1) run.after(5_000).attempt('bad', { targetId: 'same' });
    expect(run.state).toBe('healthy');
  });

  it('counts one account once per window when three are active, one workspace when three are', () => {
    const run = new DetectorRun();
    for (const accountId of ['a', 'b', 'c']) run.attempt('good', { accountId });
    for (let i = 0; i < 20; i += 1) run.after(5_000).attempt('bad', { accountId: 'a' });
    expect(run.state).toBe('healthy');
    const many = new DetectorRun();
    for (const workspaceId of ['x', 'y', 'z']) many.attempt('good', { workspaceId });
    for (let i = 0; i < 20; i += 1) many.after(5_000).attempt('bad', { workspaceId: 'x', accountId: `n${i}` });
    expect(many.state).toBe('healthy');
    for (let i = 0; i < 6; i += 1) many.after(121_000 / 3).attempt('bad', { workspaceId: ['x', 'y', 'z'][i % 3]! });
    expect(many.state).not.toBe('healthy');
  });
});

describe('the detector, on the way back', () => {
  const fallen = () => new DetectorRun().probe('bad').probe('bad').probe('bad');

  it('takes silence for no evidence', () => {
    const run = fallen();
    for (let i = 0; i < 1_000; i += 1) run.after(60_000).tick();
    expect(run.state).toBe('down');
  });

  it('recovers only after dwell, quiet and eight good probes of ten', () => {
    const run = fallen();
    for (let i = 0; i < 19; i += 1) run.after(15_000).probe('good');
    expect(run.state).toBe('down');
    run.after(15_000).probe('good');
    expect(run.state).toBe('recovering');
    const restless = fallen().after(290_000).probe('bad');
    for (let i = 0; i < 7; i += 1) restless.after(15_000).probe('good');
    expect(restless.state).toBe('down');
    restless.after(15_000).probe('good');
    expect(restless.state).toBe('recovering');
  });

  it('does not recover while the last upload probe was bad', () => {
    const run = fallen().uploadProbe('bad');
    for (let i = 0; i < 9; i += 1) run.after(60_000).probe('good');
    expect(run.state).toBe('down');
    run.uploadProbe('good');
    expect(run.state).toBe('recovering');
  });

  it('climbs from the canary over 1, 5, 25, 50 and 100 % to healthy on good probes alone', () => {
    const run = recovering();
    const shares = [run.share];
    for (let i = 0; i < 121 && run.state === 'recovering'; i += 1) {
      run.after(15_000).probe('good');
      if (run.share !== shares.at(-1)) shares.push(run.share);
    }
    expect(shares).toEqual([0, 0.01, 0.05, 0.25, 0.5, 1]);
    expect(run.state).toBe('healthy');
  });

  it('leaves the canary step when the canary lands, and falls back when it fails', () => {
    expect(recovering().after(1_000).attempt('good').share).toBe(0.01);
    const failed = recovering().after(1_000).attempt('unknown');
    expect(failed.state).toBe('down');
    expect(failed.current.dwellMs).toBe(10 * 60_000);
  });

  it('does not hold answers to older calls against the recovery', () => {
    const run = recovering().after(1_000).attempt('unknown', { latencyMs: 30_000 });
    expect(run.state).toBe('recovering');
  });

  it('needs five minutes and twenty outcomes per step when judged by posts', () => {
    const run = recovering().after(1_000).attempt('good');
    for (let i = 0; i < 20; i += 1) run.after(1_000).attempt('good');
    expect(run.share).toBe(0.01);
    run.after(300_000).tick();
    expect(run.share).toBe(0.05);
  });

  it('doubles the dwell at each relapse up to an hour', () => {
    const run = recovering();
    const dwells: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      run.after(1_000).attempt('bad');
      dwells.push(run.current.dwellMs / 60_000);
      while (run.state === 'down') run.after(15_000).probe('good');
    }
    expect(dwells).toEqual([10, 20, 40, 60, 60]);
  });

  it('ends degraded after a calm with good news, not before', () => {
    const run = new DetectorRun().probe('bad').probe('bad');
    for (let i = 0; i < 40; i += 1) run.after(15_000).probe('good');
    expect(run.state).toBe('degraded');
    for (let i = 0; i < 10; i += 1) run.after(15_000).probe('good');
    expect(run.state).toBe('healthy');
    const silent = new DetectorRun().probe('bad').probe('bad').after(86_400_000).tick();
    expect(silent.state).toBe('degraded');
  });

  it('without probes asks with one canary after a quarter of an hour', () => {
    const run = new DetectorRun(detectorConfig(1, true)).probe('bad').probe('bad').probe('bad');
    expect(run.after(14 * 60_000).tick().state).toBe('down');
    expect(run.after(60_000).tick().state).toBe('recovering');
  });

  const recovering = () => {
    const run = fallen();
    while (run.state === 'down') run.after(15_000).probe('good');
    return run;
  };
});

describe('the detector, as a reducer', () => {
  it('comes back as the same object when a tick changes nothing', () => {
    const config = detectorConfig(1);
    const state = initialState(config, new Date(0));
    expect(step(state, { kind: 'tick' }, new Date(5_000), config)).toEqual({ state, effects: [] });
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

  it('tells with each transition what it stood on', () => {
    const run = new DetectorRun().probe('bad').probe('bad');
    expect(run.transitions[0]).toMatchObject({
      from: 'healthy',
      to: 'degraded',
      samples: { liveness: { good: 0, bad: 2, unknown: 0 } },
      thresholds: { liveness: { degradedAt: 5, downAt: 8 } },
    });
    expect(run.transitions[0]?.statistic['liveness']).toBeCloseTo(7.82, 1);
  });
});

describe('the detector at sixty times the speed', () => {
  const config = detectorConfig(60);

  it('is down within a few seconds of one post a second failing nine of ten times', () => {
    const run = new DetectorRun(config);
    let seconds = 0;
    for (; run.state !== 'down' && seconds < 60; seconds += 1)
      run.after(1_000).attempt(seconds % 10 === 3 ? 'good' : 'bad');
    expect(seconds).toBeLessThanOrEqual(7);
  });

  it('is down within a few seconds of bad probes, and healthy within fifteen of being well again', () => {
    const run = new DetectorRun(config);
    for (let i = 0; i < 3; i += 1) run.after(1_000).probe('bad');
    expect(run.state).toBe('down');
    const wellAt = run.nowMs;
    while (run.state !== 'healthy') run.after(250).probe('good').after(0).tick();
    const states = run.transitions.map(({ to }) => to);
    expect(states).toEqual(['degraded', 'down', 'recovering', 'healthy']);
    expect(run.nowMs - wellAt).toBeLessThanOrEqual(15_000);
    const slow = new DetectorRun(config).probe('bad').probe('bad').probe('bad');
    const slowWellAt = slow.nowMs;
    while (slow.state !== 'healthy') slow.after(500).probe('good');
    expect(slow.nowMs - slowWellAt).toBeLessThanOrEqual(16_000);
  });
});
