import { describe, expect, it } from '@jest/globals';
import { FaultBook } from './fault-book.js';
import type { FaultSpec } from './fault.js';

const us = { externalId: 'a1', handle: 'mara', region: 'us' };
const book = (...specs: FaultSpec[]): FaultBook => {
  const faults = new FaultBook(() => 0);
  for (const spec of specs) faults.add(spec);
  return faults;
};
const dropUploads: FaultSpec = { platform: 'tiktok', step: 'upload', kind: 'drop-after' };

describe('FaultBook', () => {
  it('strikes only the platform, step, region and account that a fault names', () => {
    const strikes = (spec: FaultSpec, step = 'upload', account: typeof us | undefined = us) =>
      book(spec).draw([spec.kind], { platform: 'tiktok', step, account }) !== undefined;
    expect(strikes(dropUploads)).toBe(true);
    expect(strikes(dropUploads, 'init')).toBe(false);
    expect(strikes({ ...dropUploads, platform: 'reels' })).toBe(false);
    expect(strikes({ ...dropUploads, region: 'eu' })).toBe(false);
    expect(strikes({ ...dropUploads, region: 'us' })).toBe(true);
    expect(strikes({ ...dropUploads, account: 'mara' })).toBe(true);
    expect(strikes({ ...dropUploads, account: 'a1' })).toBe(true);
    expect(strikes({ ...dropUploads, account: 'a2' })).toBe(false);
  });

  it('never strikes a region when nobody knows whose call it is', () => {
    const faults = book({ ...dropUploads, region: 'us' });
    expect(faults.draw(['drop-after'], { platform: 'tiktok', step: 'upload' })).toBeUndefined();
  });

  it('stops after the given number of times', () => {
    const faults = book({ ...dropUploads, times: 2 });
    const draws = [1, 2, 3].map(
      () => faults.draw(['drop-after'], { platform: 'tiktok', step: 'upload' }) !== undefined,
    );
    expect(draws).toEqual([true, true, false]);
    expect(faults.list()[0]?.hits).toBe(2);
  });

  it('repeats its draws for the same seed and keeps near the rate', () => {
    const run = (seed: number): boolean[] => {
      const faults = book({ ...dropUploads, rate: 0.3, seed });
      return Array.from({ length: 1000 }, () => !!faults.draw(['drop-after'], { platform: 'tiktok', step: 'upload' }));
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    expect(run(7).filter(Boolean).length).toBeGreaterThan(250);
    expect(run(7).filter(Boolean).length).toBeLessThan(350);
  });

  it('gives one key one answer for as long as a fault lasts', () => {
    const faults = book({ platform: 'tiktok', kind: 'zero', rate: 0.5 });
    const ask = (key: string) => faults.drawFor(['zero'], { platform: 'tiktok' }, key) !== undefined;
    const keys = Array.from({ length: 50 }, (_, i) => `post-${i}`);
    expect(keys.map(ask)).toEqual(keys.map(ask));
    expect(new Set(keys.map(ask)).size).toBe(2);
  });

  it('lets what hangs on a fault go on when it is removed, and at once when it is gone', () => {
    const faults = new FaultBook(() => 0);
    const { id } = faults.add({ platform: 'tiktok', kind: 'stuck' });
    const seen: string[] = [];
    faults.whenEnded(id, () => seen.push('released'));
    expect(seen).toEqual([]);
    expect(faults.remove(id)).toBe(1);
    faults.whenEnded(id, () => seen.push('at once'));
    expect(seen).toEqual(['released', 'at once']);
  });
});
