import { describe, expect, it } from '@jest/globals';
import { detectorConfig, hashOf } from './detector-config.js';
import { healthTiming } from './health-timing.js';

const MINUTE = 60_000;

describe('healthTiming', () => {
  it('at scale 1 is what the design says', () => {
    expect(healthTiming(1)).toEqual({
      failureWindowMs: 2 * MINUTE,
      sourceMemoryMs: 60 * MINUTE,
      activeWithinMs: 24 * 60 * MINUTE,
      presentWithinMs: 2 * 60 * MINUTE,
      dwellMs: 5 * MINUTE,
      dwellCapMs: 15 * MINUTE,
      relapseWithinMs: 6 * 60 * MINUTE,
      quietMs: 2 * MINUTE,
      sparseQuietMs: 15 * MINUTE,
      silentMs: 15 * MINUTE,
      calmMs: 10 * MINUTE,
      trialMs: 2 * MINUTE,
      blindTrialMs: 10 * MINUTE,
      rampStepMs: 5 * MINUTE,
      enough: 20,
      evidenceFactor: 1,
      blindCanaryMs: 15 * MINUTE,
      quickProbeMs: 5_000,
      advisoryMs: 120 * MINUTE,
      neighbourMs: 5 * MINUTE,
      stallLeastMs: 2 * MINUTE,
      stallFirstMs: 15 * MINUTE,
      stallMostMs: 120 * MINUTE,
      recentMs: 30 * MINUTE,
      worseAfterMs: 30 * MINUTE,
      suspectWithinMs: MINUTE,
      neutralWithinMs: MINUTE,
    });
  });

  it('divides times by the scale and never asks for less than three observations', () => {
    expect(healthTiming(60)).toMatchObject({ dwellMs: 5_000, quietMs: 2_000, rampStepMs: 5_000, enough: 3 });
    expect(healthTiming(3600).enough).toBe(3);
  });
});

describe('hashOf', () => {
  it('names the same configuration the same and another one differently', () => {
    expect(hashOf(detectorConfig(1))).toBe(hashOf(detectorConfig(1)));
    expect(hashOf(detectorConfig(1))).not.toBe(hashOf(detectorConfig(60)));
  });
});
