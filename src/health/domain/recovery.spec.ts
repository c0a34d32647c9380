import { describe, expect, it } from '@jest/globals';
import { DetectorRun } from '../../../test/mothers/detector-run.js';
import { admissionOf, canaryOf } from './admission.js';
import { EMPTY_CHART } from './chart.js';
import { sampleOf } from './charting.js';
import { detectorConfig } from './detector-config.js';
import { NO_CHARTS } from './detector-state.js';

const MINUTE = 60_000;

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

  it('recovers when the canary lands; a failed one leaves it down, and each further one for longer', () => {
    expect(recovering().share).toBe(0.01);
    const failed = tried().after(1_000).attempt('unknown');
    expect(failed.state).toBe('down');
    expect(failed.current).toMatchObject({ trial: null, failedTrials: 1, dwellMs: 5 * MINUTE });
    expect(failed.transitions.map(({ to }) => to)).toEqual(['down']);
    const waits = [failed.current.dwellUntilMs - failed.nowMs];
    for (let i = 0; waits.length < 4 && i < 1_000; i += 1) {
      const trials = failed.current.failedTrials;
      failed.after(15_000).probe('good');
      if (failed.current.trial) failed.after(1_000).attempt('bad');
      if (failed.current.failedTrials > trials) waits.push(failed.current.dwellUntilMs - failed.nowMs);
    }
    expect(waits.map((ms) => ms / MINUTE)).toEqual([2, 4, 5, 5]);
  });

  it('is not kept down by one canary that fails by chance where an eighth always does', () => {
    const run = tried().after(1_000).attempt('bad');
    let minutes = 0;
    for (; run.state === 'down' && minutes < 60; minutes += 1) {
      for (let j = 0; j < 4; j += 1) run.after(15_000).probe('good');
      if (run.current.trial) run.attempt('good');
    }
    expect(minutes).toBeLessThanOrEqual(8);
  });

  it('measures an outage by itself, not by the good days before it', () => {
    const charts = (weight: number) => ({ ...NO_CHARTS, probesSoft: { ...EMPTY_CHART, score: 1, weight, failed: 11 } });
    expect(sampleOf(charts(161), 'probes')).toEqual({ seen: 0, failed: 0 });
    expect(sampleOf(charts(12), 'probes')).toEqual({ seen: 12, failed: 11 });
  });

  it('takes an unbroken run of good uploads for its end also after an outage in which not half failed', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 6; i += 1) run.after(MINUTE).probe('good').uploadProbe('bad');
    expect(run.state).toBe('down');
    for (let i = 0; i < 90; i += 1)
      run
        .after(MINUTE)
        .probe('good')
        .uploadProbe(i % 5 === 2 || i % 5 === 4 ? 'bad' : 'good');
    expect(run.current.trial).toBeNull();
    let minutes = 0;
    for (; !run.current.trial && minutes < 60; minutes += 1) run.after(MINUTE).probe('good').uploadProbe('good');
    expect(minutes).toBeLessThanOrEqual(13);
  });

  it('waits for upload probes also when only posts began the trouble and they came to fail later', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 6; i += 1) run.attempt('bad');
    expect(run.state).toBe('down');
    for (let i = 0; i < 40; i += 1)
      run
        .after(MINUTE)
        .probe('good')
        .uploadProbe(i % 2 ? 'bad' : 'good');
    expect(run.current.wellness.probes.isAiling).toBe(true);
    for (let i = 0; i < 5; i += 1) run.after(MINUTE).probe('good').uploadProbe('good');
    expect(run.current.trial).toBeNull();
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

  it('falls back to down when most fails again, to degraded when half does: it takes posts yet', () => {
    const back = (pattern: readonly ('bad' | 'good')[]) => {
      const run = recovering();
      for (let i = 0; run.state === 'recovering' && i < 40; i += 1)
        run.after(20_000).uploadProbe(pattern[i % pattern.length] ?? 'bad');
      return run.state;
    };
    expect(back(['bad'])).toBe('down');
    expect(back(['good', 'bad'])).toBe('degraded');
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

  it('stays degraded after its ramp until what failed there shows that it is well', () => {
    const run = recovering();
    const minute = (isBad: boolean) => {
      for (let i = 0; i < 4; i += 1) run.after(15_000).probe('good');
      run.uploadProbe(isBad ? 'bad' : 'good');
    };
    for (let i = 0; run.state === 'recovering' && i < 60; i += 1) minute(i % 6 === 1);
    expect(run.state).toBe('degraded');
    for (let i = 0; i < 25; i += 1) minute(false);
    expect(run.state).toBe('degraded');
    for (let i = 0; i < 150; i += 1) minute(false);
    expect(run.state).toBe('healthy');
  });

  it('after its ramp waits for a stream of which only the ramp showed that it fails', () => {
    const run = recovering();
    for (let i = 0; run.state === 'recovering' && i < 60; i += 1) {
      for (let j = 0; j < 4; j += 1) run.after(15_000).probe('good');
      run.uploadProbe(i === 2 || i === 8 ? 'bad' : 'good');
      if (i === 5 || i === 11) run.attempt('bad');
    }
    expect(run.reason).toContain('more of them fail than usual');
    expect(run.state).toBe('degraded');
    expect(run.current.wellness.probes.isAiling).toBe(true);
  });

  it('is healthy after a ramp in which no more failed than chance makes of the usual', () => {
    const run = new DetectorRun();
    for (let i = 0; i < 4_000; i += 1)
      run
        .after(15_000)
        .probe('good')
        .uploadProbe(i % 50 === 25 ? 'bad' : 'good');
    for (let i = 0; i < 4; i += 1) run.after(5_000).probe('bad');
    while (!run.current.trial) run.after(15_000).probe('good');
    run.after(1_000).attempt('good');
    expect(run.state).toBe('recovering');
    for (let i = 0; run.current.ramp.step > 0 && i < 60; i += 1) {
      for (let j = 0; j < 8; j += 1) run.after(7_500).probe('good');
      run.uploadProbe(i === 2 || i === 8 ? 'bad' : 'good');
    }
    expect(run.state).toBe('healthy');
  });

  it('climbs by posts only while few of them fail', () => {
    const stepAfter = (isBad: (post: number) => boolean) => {
      const run = recovering();
      for (let i = 0; i < 40; i += 1) run.after(10_000).attempt(isBad(i) ? 'bad' : 'good', { workspaceId: `w${i}` });
      return run.current.ramp.step;
    };
    expect(stepAfter(() => false)).toBe(2);
    expect(stepAfter((post) => post % 8 === 4)).toBe(1);
  });

  it('is not called down for what failed long ago when what came after it went well', () => {
    const run = new DetectorRun().attempt('bad').attempt('bad').attempt('bad').attempt('bad');
    expect(run.state).toBe('degraded');
    run.after(11 * MINUTE).attempt('bad');
    for (let i = 0; i < 8; i += 1) run.after(5 * MINUTE).attempt('good');
    expect(run.transitions.map(({ to }) => to)).not.toContain('down');
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
