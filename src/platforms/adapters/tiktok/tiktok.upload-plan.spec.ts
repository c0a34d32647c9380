import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { lastChunkStart, planUpload } from './tiktok.upload-plan.js';

describe('planUpload', () => {
  it('sends up to 64,000,000 bytes in one chunk and 64,000,001 in six', () => {
    expect(planUpload(64_000_000)).toEqual({ chunkSize: 64_000_000, chunkCount: 1 });
    expect(planUpload(64_000_001)).toEqual({ chunkSize: 10_000_000, chunkCount: 6 });
    expect(64_000_001 - lastChunkStart(64_000_001)).toBe(14_000_001);
  });

  it('keeps every documented bound up to 4 GB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000_000 }), (size) => {
        const { chunkSize, chunkCount } = planUpload(size);
        const last = size - lastChunkStart(size);
        expect(chunkCount).toBe(Math.floor(size / chunkSize));
        expect(chunkCount).toBeGreaterThanOrEqual(1);
        expect(chunkCount).toBeLessThanOrEqual(1000);
        expect(chunkSize).toBeLessThanOrEqual(64_000_000);
        expect(chunkCount === 1 || chunkSize >= 5_242_880).toBe(true);
        expect(last).toBeGreaterThan(0);
        expect(last).toBeLessThanOrEqual(128_000_000);
      }),
    );
  });
});
