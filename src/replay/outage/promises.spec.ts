import { describe, expect, it } from '@jest/globals';
import { linesOfRuns, type PlayedSeed } from './promises.js';
import type { Detection } from './scores/detections.js';
import type { Score } from './scores/score.js';

const SPAN: Detection = {
  platform: 'tiktok',
  region: 'us',
  capability: 'publish',
  state: 'down',
  truthFromMinute: 100,
  truthToMinute: 200,
  detectedAtMinute: 101,
  lordenMinutes: 0.6,
  secondFailureAtMinute: 100.5,
  clearedAtMinute: 230,
  readmittedAtMinute: 220,
};
const SCORE: Score = {
  scheduled: 1000,
  contentRejected: 0,
  onTimeShare: 0.995,
  reachedShare: 1,
  duplicates: 0,
  lost: 0,
  falseFailed: 0,
  unconfirmedAtEnd: 0,
  needsDecision: 0,
  publishCallsToDownPlatform: 2,
  onsetCalls: 9,
  detections: [SPAN],
  falseAlarms: 0,
  falseDegraded: 0,
  flaps: 1,
  reroutes: 0,
  needlessReroutes: 0,
};

/** The promises that break when one seed of four comes out so. */
const brokenBy = (change: Partial<Score>, more: Partial<PlayedSeed> = {}): readonly string[] => {
  const postiz = { ...SCORE, publishCallsToDownPlatform: 100 };
  const facts = { slowest: 10, days: 7, incidentDays: 1, platformMonths: 1, ...more };
  const good: PlayedSeed = { perennial: SCORE, oracle: SCORE, postiz, ...facts };
  const played = [good, good, good, { ...good, perennial: { ...SCORE, ...change } }];
  return linesOfRuns(played)
    .filter(({ ok }) => !ok)
    .map(({ promise }) => promise);
};
const met = (change: Partial<Detection>): Partial<Score> => ({ detections: [{ ...SPAN, ...change }] });

describe('the promises of the replay', () => {
  it('hold for a good run', () => {
    expect(brokenBy({})).toEqual([]);
  });

  it.each<[string, Partial<Score>]>([
    ['seconds from the second failure to `down`', met({ detectedAtMinute: 101.6 })],
    ['minutes from the end of a down span to full admission', met({ readmittedAtMinute: 235.1 })],
    ['minutes from the end of a down span to full admission', met({ readmittedAtMinute: null })],
    ['least reachedShare', { reachedShare: 0.994 }],
    ['least onTimeShare / oracle', { onTimeShare: 0.984 }],
    ['duplicates', { duplicates: 1 }],
    ['lost', { lost: 1 }],
    ['falseFailed', { falseFailed: 1 }],
    ['falseAlarms', { falseAlarms: 1 }],
    ['falseDegraded per platform-month', { falseDegraded: 5 }],
    ['most flaps per incident-day of a seed', { flaps: 3 }],
    ['publishCallsToDownPlatform / postiz', { publishCallsToDownPlatform: 20 }],
  ])('break at %s', (promise, change) => {
    expect(brokenBy(change)).toEqual([promise]);
  });

  it('miss a span that was never detected, unless too little could be seen of it', () => {
    expect(brokenBy(met({ detectedAtMinute: null }))).toEqual([
      'seconds from the second failure to `down`',
      'spans undetected whose bound is under half their length',
    ]);
    expect(brokenBy(met({ detectedAtMinute: null, lordenMinutes: null, secondFailureAtMinute: null }))).toEqual([]);
  });

  it('measure the bound in the median over spans and seeds', () => {
    expect(brokenBy(met({ detectedAtMinute: 101.5, lordenMinutes: 0.1 }))).toEqual([]);
  });

  it('take the time of the slowest run', () => {
    expect(brokenBy({}, { slowest: 16 })).toEqual(['CPU seconds of the slowest run, per 7 days']);
  });
});
