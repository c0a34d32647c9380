import { describe, expect, it } from '@jest/globals';
import { detectorConfig, hashOf } from './detector-config.js';
import { healthTiming } from './health-timing.js';

const MINUTE = 60_000;

describe('healthTiming', () => {
  it('at scale 1 is what the design says', () => {
    expect(healthTiming(1)).toEqual({
      failureWindowMs: 2 * MINUTE,
      activeWithinMs: 24 * 60 * MINUTE,
      dwellMs: 5 * MINUTE,
      dwellCapMs: 60 * MINUTE,
      relapseWithinMs: 6 * 60 * MINUTE,
      quietMs: 2 * MINUTE,
      calmMs: 10 * MINUTE,
      rampStepMs: 5 * MINUTE,
      enough: 20,
      blindCanaryMs: 15 * MINUTE,
      quickProbeMs: 5_000,
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
