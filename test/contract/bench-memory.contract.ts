import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { watchMemory } from '../../seeds/bench/memory.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('the memory watch of the benchmarks', () => {
  it('ends with the process it watches, and keeps what it saw', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    const watched = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(watched, 'spawn');
    const watch = watchMemory(watched.pid ?? 0);
    watched.kill('SIGKILL');
    await once(watched, 'exit');
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
    expect(watch.medianMb()).toBeGreaterThan(0);
    expect(watch.peakMb()).toBe(watch.medianMb());
  });
});
