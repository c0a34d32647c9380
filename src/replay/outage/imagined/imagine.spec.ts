import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { stretchesOf } from '../trace/behaviour.js';
import { Truth } from '../trace/truth.js';
import { type Family, imagineTrace, IMAGINED_FAMILIES } from './imagine.js';

const family = fc.constantFrom(...IMAGINED_FAMILIES);
const seed = fc.nat(1_000_000);
const always = (holds: (family: Family, seed: number) => void) =>
  fc.assert(fc.property(family, seed, holds), { numRuns: 60, seed: 20260504 });

describe('an imagined trace', () => {
  it('can be played, is the same for the same seed and another for another', () =>
    always((family, seed) => {
      const trace = imagineTrace(family, seed);
      expect(imagineTrace(family, seed)).toEqual(trace);
      expect({ ...imagineTrace(family, seed + 1), name: trace.name, seed }).not.toEqual(trace);
    }));

  it('calls a platform down, degraded or well by how much of its posts fails', () =>
    always((family, seed) => {
      const trace = imagineTrace(family, seed);
      const truth = new Truth(trace);
      for (const [name, platform] of Object.entries(trace.platforms))
        for (const region of Object.keys(trace.regions))
          for (const { fromMs, behaviour } of stretchesOf(platform, region, trace.durationMinutes * 60_000)) {
            const { errorRate, timeoutRate, acceptedLostRate } = behaviour.upload;
            const failing = errorRate + timeoutRate + acceptedLostRate;
            const state = failing >= 0.5 ? 'down' : failing >= 0.2 ? 'degraded' : 'healthy';
            expect(truth.stateAt(name, region, fromMs)).toBe(state);
          }
    }));
});
