import { describe, expect, it } from '@jest/globals';
import { SandboxClock } from './sandbox-clock.js';

describe('SandboxClock', () => {
  it('runs what became due by a jump, earliest first, and leaves the rest', () => {
    const clock = new SandboxClock();
    const seen: string[] = [];
    clock.after(60_000, () => seen.push('later'));
    clock.after(20_000, () => seen.push('sooner'));
    clock.after(3_000_000, () => seen.push('not yet'));
    clock.advance(120_000);
    expect(seen).toEqual(['sooner', 'later']);
    clock.reset();
  });

  it('forgets alarms at a reset but wakes sleepers', async () => {
    const clock = new SandboxClock();
    const seen: string[] = [];
    clock.after(1_000, () => seen.push('alarm'));
    const asleep = clock.sleep(86_400_000);
    clock.reset();
    await asleep;
    clock.advance(10_000);
    expect(seen).toEqual([]);
    clock.reset();
  });
});
