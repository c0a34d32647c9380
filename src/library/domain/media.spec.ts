import { describe, expect, it } from '@jest/globals';
import { arePlausible, cleanFileName, type VideoFacts } from './media.js';

const facts: VideoFacts = {
  mimeType: 'video/mp4',
  container: 'MP4',
  videoCodec: 'avc',
  width: 720,
  height: 1280,
  durationMs: 6_000,
  fps: 24,
};

describe('cleanFileName', () => {
  it.each([
    ['clip.mp4', 'clip.mp4'],
    ['C:\\Users\\me\\clip.mp4', 'clip.mp4'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\n.mp4', 'ab.mp4'],
    ['  ', 'video'],
    [undefined, 'video'],
  ])('makes %j into %j', (given, name) => {
    expect(cleanFileName(given)).toBe(name);
  });

  it('keeps at most 200 units and never half a character', () => {
    const name = cleanFileName('x' + '🎬'.repeat(150));
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name.isWellFormed()).toBe(true);
  });
});

describe('arePlausible', () => {
  it('accepts a short vertical video', () => {
    expect(arePlausible(facts)).toBe(true);
  });

  it.each([{ durationMs: 0 }, { durationMs: 86_400_001 }, { width: 0 }, { height: 70_000 }, { durationMs: NaN }])(
    'refuses %j',
    (lie) => {
      expect(arePlausible({ ...facts, ...lie })).toBe(false);
    },
  );
});
