import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { pictureBitsPerSecond, RENDER_MAX_BYTES, RENDER_MAX_MS, RENDER_SOUND_BPS, renditionName } from './rendition.js';

const bytesOf = (durationMs: number): number =>
  ((pictureBitsPerSecond(durationMs) + RENDER_SOUND_BPS) * durationMs) / 8_000;

describe('the bit rate of a rendition', () => {
  it('keeps every length within 95 MB and the picture worth looking at', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: RENDER_MAX_MS }), (durationMs) => {
        expect(bytesOf(durationMs)).toBeLessThanOrEqual(RENDER_MAX_BYTES * 0.97);
        expect(pictureBitsPerSecond(durationMs)).toBeGreaterThanOrEqual(600_000);
        expect(pictureBitsPerSecond(durationMs)).toBeLessThanOrEqual(8_000_000);
      }),
    );
  });

  it('keeps two minutes within 48 MB, so that they fit Telegram too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 117_000 }), (durationMs) => {
        expect(bytesOf(durationMs)).toBeLessThanOrEqual(48_000_000);
      }),
    );
  });
});

describe('renditionName', () => {
  it.each([
    ['odd.webm', 'odd-1080x1920.mp4'],
    ['no ending', 'no ending-1080x1920.mp4'],
    ['v1.2 take', 'v1.2 take-1080x1920.mp4'],
    ['x'.repeat(200), `${'x'.repeat(180)}-1080x1920.mp4`],
  ])('calls the rendition of %s %s', (given, name) => {
    expect(renditionName(given)).toBe(name);
  });
});
