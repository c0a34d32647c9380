import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { PLATFORM_NAMES } from '../../platforms/domain/platform-name.js';
import { publishQuotas, windowsByMinute, windowsOf } from './quota.policy.js';
import { shareQuota, tightest } from './quota-share.policy.js';

const HOUR_MS = 3_600_000;
const RULES = publishQuotas(100);
const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });

describe('windowsOf', () => {
  it('counts YouTube for the whole app and by the Pacific day', () => {
    const [window] = windowsOf(RULES, { id: 'a', platform: 'shorts' }, new Date('2026-01-26T07:59:59Z'));
    expect(window).toEqual({
      scope: 'app',
      scopeId: 'shorts',
      kind: 'videos.insert',
      limit: 100,
      windowStart: new Date('2026-01-25T08:00:00Z'),
      resetsAt: new Date('2026-01-26T08:00:00Z'),
    });
  });

  it('counts nothing for YouTube where the grant is given as 0', () => {
    expect(windowsOf(publishQuotas(0), { id: 'a', platform: 'shorts' }, new Date('2026-01-26T07:59:59Z'))).toEqual([]);
  });

  it('counts TikTok per account, by day and by minute', () => {
    const windows = windowsOf(RULES, { id: 'a', platform: 'tiktok' }, new Date('2026-01-26T07:00:31Z'));
    expect(windows).toMatchObject([
      { scope: 'account', scopeId: 'a', limit: 15, windowStart: new Date('2026-01-26T00:00:00Z') },
      { scope: 'account', scopeId: 'a', limit: 6, windowStart: new Date('2026-01-26T07:00:00Z') },
    ]);
  });

  it('gives every instant one window that contains it, also when clocks change', () => {
    fc.assert(
      fc.property(instants, (at) => {
        for (const window of windowsOf(RULES, { id: 'a', platform: 'shorts' }, at)) {
          expect(window.windowStart <= at && at < window.resetsAt).toBe(true);
          const hours = (window.resetsAt.getTime() - window.windowStart.getTime()) / HOUR_MS;
          expect([23, 24, 25]).toContain(hours);
        }
      }),
    );
  });

  it('is the same when it is reckoned for a batch', () => {
    const batch = windowsByMinute(RULES);
    const holders = fc.record({ id: fc.constantFrom('a', 'b'), platform: fc.constantFrom(...PLATFORM_NAMES) });
    fc.assert(
      fc.property(holders, instants, (holder, at) => expect(batch(holder, at)).toEqual(windowsOf(RULES, holder, at))),
    );
  });
});

describe('sharing', () => {
  const window = (kind: string, resetsAt: string) => ({
    scope: 'account' as const,
    scopeId: 'a',
    kind,
    limit: 2,
    windowStart: new Date(0),
    resetsAt: new Date(resetsAt),
  });
  const minute = window('init', '2026-01-26T07:01:00Z');
  const day = window('publish', '2026-01-27T00:00:00Z');
  const left = (minutes: number, days: number) =>
    new Map([
      ['account|a|init|0', minutes],
      ['account|a|publish|0', days],
    ]);
  const claims = ['1', '2', '3'].map((key) => ({ key, windows: [minute, day] }));

  it('serves the first, and takes nothing for who gets nothing', () => {
    expect([...shareQuota(claims, left(2, 3)).keys()]).toEqual(['3']);
    expect([...shareQuota([{ key: '0', windows: [minute] }, ...claims], left(1, 3)).keys()]).toEqual(['1', '2', '3']);
  });

  it('names the full window that resets last', () => {
    expect(shareQuota(claims, left(0, 0)).get('1')).toBe(day);
    expect(shareQuota(claims, left(0, 1)).get('1')).toBe(minute);
    const used = new Map([
      ['account|a|init|0', 2],
      ['account|a|publish|0', 2],
    ]);
    expect(tightest([minute, day], used)).toEqual({ left: 0, resetsAt: day.resetsAt });
    expect(tightest([], used).left).toBe(Infinity);
  });
});
