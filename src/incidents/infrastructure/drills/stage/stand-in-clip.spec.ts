import { describe, expect, it } from '@jest/globals';
import { BufferSource, Input, MP4 } from 'mediabunny';
import { standInClip } from './stand-in-clip.js';

describe('standInClip', () => {
  it('is a short upright video that every platform takes, and small', async () => {
    const bytes = await standInClip();
    using input = new Input({ formats: [MP4], source: new BufferSource(bytes) });
    const video = await input.getPrimaryVideoTrack();
    expect(await video?.getDisplayWidth()).toBe(1080);
    expect(await video?.getDisplayHeight()).toBe(1920);
    expect(await input.computeDuration()).toBeCloseTo(6, 1);
    expect(bytes.length).toBeLessThan(50_000);
  });
});
