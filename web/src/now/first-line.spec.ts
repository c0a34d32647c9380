import { describe, expect, it } from '@jest/globals';
import { byTrouble, firstLine } from './first-line.ts';
import type { NowAnswer, NowPlatform, NowRegion, NowTarget } from './now-answer.ts';

const NONE = { count: 0, items: [] };
const CALM: NowAnswer = {
  at: '2026-01-25T08:00:00Z',
  timezone: 'America/New_York',
  due: NONE,
  held: NONE,
  rerouted: NONE,
  unconfirmed: NONE,
  needsDecision: NONE,
  failedToday: NONE,
  openSlots: [],
};

const region = (name: string, state: NowRegion['state'], since = '2026-01-25T07:14:00Z'): NowRegion => ({
  region: name,
  state,
  since,
  reason: 'Most uploads fail.',
  overridden: false,
  rampShare: 0,
  accounts: 1,
  capabilities: [],
});

const platform = (name: NowPlatform['platform'], ...regions: NowRegion[]): NowPlatform => ({
  platform: name,
  displayName: name,
  regions,
});
const movedTo = (name: string) =>
  ({ replacement: { id: 'r', accountName: 'a', platform: name, status: 'published' } }) as NowTarget;

describe('firstLine', () => {
  it('is calm when every platform is well and nobody is needed', () => {
    expect(firstLine({ ...CALM, platforms: [platform('tiktok', region('us', 'healthy'))] })).toMatchObject({
      tone: 'calm',
      troubles: [],
    });
  });

  it('names the platform that is worst first, with its regions and since when', () => {
    const platforms = [platform('reels', region('us', 'degraded')), platform('tiktok', region('us', 'down'))];
    const { troubles, tone } = firstLine({ ...CALM, platforms });
    expect(tone).toBe('watch');
    expect(troubles.map(({ platform: name }) => name)).toEqual(['tiktok', 'reels']);
    expect(troubles[0]).toMatchObject({ state: 'down', regions: ['us'], since: '2026-01-25T07:14:00Z' });
  });

  it('names no region when all of several are alike, and takes the earliest beginning', () => {
    const regions = [region('us', 'down'), region('eu', 'down', '2026-01-25T07:10:00Z')];
    const [trouble] = firstLine({ ...CALM, platforms: [platform('tiktok', ...regions)] }).troubles;
    expect(trouble).toMatchObject({ regions: [], since: '2026-01-25T07:10:00Z' });
  });

  it('names where posts moved only when all moved to the same platform', () => {
    const same = { count: 3, items: [movedTo('reels'), movedTo('reels')] };
    const mixed = { count: 2, items: [movedTo('reels'), movedTo('shorts')] };
    expect(firstLine({ ...CALM, rerouted: same })).toMatchObject({ moved: 3, movedTo: 'reels' });
    expect(firstLine({ ...CALM, rerouted: mixed }).movedTo).toBeUndefined();
  });

  it('calls for a person when a decision, a failure or a reconnection waits', () => {
    expect(firstLine({ ...CALM, needsDecision: { count: 1, items: [] } }).tone).toBe('act');
    expect(firstLine({ ...CALM, failedToday: { count: 1, items: [] } }).tone).toBe('act');
    const lost = { accountId: 'a', accountName: 'ada', platform: 'reels' as const, status: 'needs_reconnect' as const };
    expect(firstLine({ ...CALM, reconnect: [lost] }).tone).toBe('act');
  });
});

describe('byTrouble', () => {
  it('puts down before degraded before recovering before healthy', () => {
    const states = (['healthy', 'recovering', 'down', 'degraded'] as const).map((state) => ({ state }));
    expect(byTrouble(states).map(({ state }) => state)).toEqual(['down', 'degraded', 'recovering', 'healthy']);
  });
});
