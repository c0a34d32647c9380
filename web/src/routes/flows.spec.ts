import { describe, expect, it } from '@jest/globals';
import { firstWayOut, flowsOf, idleFlows, routeFor } from './flows.ts';

const move = (fromAccountId: string, accountId: string) => ({ targetId: 't', fromAccountId, accountId, reasons: [] });
const stay = (fromAccountId: string, text: string) => ({
  targetId: 't',
  fromAccountId,
  reasons: [{ code: 'no_fallback', text }],
});
const tiktok = { id: 'tt', platform: 'tiktok' as const };
const other = { id: 'tt2', platform: 'tiktok' as const };
const reels = { id: 'rr', platform: 'reels' as const };
const route = (
  scope: 'workspace' | 'platform' | 'account',
  platform: string,
  scopeId?: string,
  fallbacks = ['rr'],
) => ({
  scope,
  platform,
  ...(scopeId === undefined ? {} : { scopeId }),
  fallbacks,
  onDown: 'reroute' as const,
});

describe('flowsOf', () => {
  it('counts the posts per pair of accounts, the fullest first, nowhere last', () => {
    const flows = flowsOf({
      moves: [move('a', 'x'), move('a', 'y'), move('a', 'y')],
      staying: [stay('a', 'It names no account.'), stay('a', 'It names no account.'), stay('a', 'Full.')],
    });
    expect(flows).toEqual([
      { fromId: 'a', toId: 'y', count: 2, reasons: [] },
      { fromId: 'a', toId: 'x', count: 1, reasons: [] },
      { fromId: 'a', count: 3, reasons: ['It names no account.', 'Full.'] },
    ]);
  });
});

describe('routeFor', () => {
  it('takes the narrowest route, and within a scope the one of the own platform', () => {
    const everywhere = route('workspace', '*');
    const platform = route('platform', '*', 'tiktok');
    const own = route('platform', 'tiktok', 'tiktok');
    const account = route('account', '*', 'tt');
    expect(routeFor(tiktok, [everywhere, platform, own, account])).toBe(account);
    expect(routeFor(tiktok, [everywhere, platform, own])).toBe(own);
    expect(routeFor(reels, [platform, own, account])).toBeUndefined();
  });
});

describe('firstWayOut', () => {
  it('is the first fallback on another platform', () => {
    const routes = [route('workspace', '*', undefined, ['gone', 'tt2', 'rr'])];
    expect(firstWayOut(tiktok, [tiktok, other, reels], routes)).toBe('rr');
    expect(firstWayOut(reels, [reels], routes)).toBeUndefined();
  });
});

describe('idleFlows', () => {
  it('shows the way of accounts for which nothing is due, and that there is none', () => {
    const routes = [route('account', '*', 'tt')];
    expect(idleFlows([], [tiktok, other], [tiktok, other, reels], routes)).toEqual([
      { fromId: 'tt', toId: 'rr', count: 0, reasons: [] },
      { fromId: 'tt2', count: 0, reasons: [] },
    ]);
    expect(idleFlows([{ fromId: 'tt', count: 2, reasons: [] }], [tiktok], [], routes)).toEqual([]);
  });
});
