import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { accountsToProbe, budgetMemoryMs, type ProbeAccount, probeTiming } from './probe-budget.js';

const NOW = new Date('2026-01-25T12:00:00Z');
const account = (accountId: string, region = 'us', probedMinutesAgo?: number): ProbeAccount => ({
  accountId,
  region,
  ...(probedMinutesAgo === undefined ? {} : { lastProbeAt: plusMs(NOW, -probedMinutesAgo * 60_000) }),
});
const chosen = (platform: 'tiktok' | 'shorts', accounts: readonly ProbeAccount[], scale = 1) =>
  accountsToProbe(platform, accounts, NOW, scale).map(({ accountId }) => accountId);

describe('accountsToProbe', () => {
  it('takes one account per region, the one unprobed for longest', () => {
    expect(
      chosen('tiktok', [account('a', 'us', 6), account('b'), account('c', 'eu', 9), account('d', 'eu', 8)]),
    ).toEqual(['b', 'c']);
  });

  it('leaves an account alone for five minutes, under a time scale for five scaled ones', () => {
    expect(chosen('tiktok', [account('a', 'us', 4)])).toEqual([]);
    expect(chosen('tiktok', [account('a', 'us', 5)])).toEqual(['a']);
    expect(chosen('tiktok', [account('a', 'us', 0.09)], 60)).toEqual(['a']);
  });

  it('shares what belongs to the app: one YouTube session in five hours over all accounts', () => {
    expect(chosen('shorts', [account('a'), account('b', 'eu')])).toEqual(['a']);
    expect(chosen('shorts', [account('a'), account('b', 'eu', 60)])).toEqual([]);
    expect(budgetMemoryMs('shorts', 1)).toBe(5 * 3_600_000);
  });
});

describe('probeTiming', () => {
  it('looks every 15 s, quickly every 5 s, and waits 5 s for an answer', () => {
    const pace = { intervalMs: 15_000, quickMs: 5_000, leastMs: 250, jitter: 0.2 };
    const timing = { isEnabled: true, pace, timeoutMs: 5_000, scale: 1 };
    expect(probeTiming(15, true, 1)).toEqual(timing);
  });

  it('never looks more often than every 250 ms nor gives up within 2 s', () => {
    expect(probeTiming(1, true, 3600)).toMatchObject({ pace: { intervalMs: 250, quickMs: 250 }, timeoutMs: 2_000 });
  });
});
