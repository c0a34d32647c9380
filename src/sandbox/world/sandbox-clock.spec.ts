import { describe, expect, it } from '@jest/globals';
import { SandboxClock } from './sandbox-clock.js';

describe('SandboxClock', () => {
  it('runs what became due by a jump, earliest first, and leaves the rest', () => {
    const clock = new SandboxClock();
    const seen: string[] = [];
    clock.after(60_000, () => seen.push('later'));
    clock.after(20_000, () => seen.push('sooner'));
    clock.after(3_000_000, () => seen.push('not yet'));
    void clock.advance(120_000);
    expect(seen).toEqual(['sooner', 'later']);
    clock.reset();
  });

  it('has jumped when the work that the jump set off has ended', async () => {
    const clock = new SandboxClock();
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: string[] = [];
    clock.after(1_000, () => promise.then(() => seen.push('work')));
    const jump = clock.advance(2_000).then(() => seen.push('jump'));
    resolve();
    await jump;
    expect(seen).toEqual(['work', 'jump']);
  });

  it('forgets alarms at a reset but wakes sleepers', async () => {
    const clock = new SandboxClock();
    const seen: string[] = [];
    clock.after(1_000, () => seen.push('alarm'));
    const asleep = clock.sleep(86_400_000);
    clock.reset();
    await asleep;
    void clock.advance(10_000);
    expect(seen).toEqual([]);
    clock.reset();
  });
});
