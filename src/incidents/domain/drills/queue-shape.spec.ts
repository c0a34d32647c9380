import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { DEFAULT_ROUTE, type Route } from '../../../routing/domain/route.js';
import { MOST_COPIED, type ShapeFacts, shapeOf, type ShapeTarget } from './queue-shape.js';

const from = new Date('2026-01-26T08:00:00Z');
const outage = { workspaceId: 'w', platform: 'tiktok', from, until: new Date('2026-01-26T09:00:00Z') } as const;
const account = (id: string, platform: PlatformName, change: Partial<AccountFacts> = {}): AccountFacts => ({
  id,
  workspaceId: 'w',
  platform,
  region: 'us',
  status: 'active',
  displayName: `Secret name of ${id}`,
  externalId: `secret-${id}`,
  ...change,
});
const target = (id: string, occurrenceId: string, accountId: PlatformName | 'person', minutes = 0): ShapeTarget => ({
  id,
  occurrenceId,
  accountId,
  platform: accountId === 'person' ? 'tiktok' : accountId,
  scheduledAt: new Date(from.getTime() + minutes * 60_000),
});
const route: Route = {
  ...DEFAULT_ROUTE,
  routeId: 'r',
  scope: 'platform',
  fallbacks: ['reels', 'gone'],
  announce: ['d'],
};
const facts = (change: Partial<ShapeFacts>): ShapeFacts => ({
  outage,
  targets: [],
  accounts: [account('tiktok', 'tiktok'), account('reels', 'reels'), account('gone', 'reels', { status: 'paused' })],
  routes: new Map(),
  plays: (platform) => platform !== 'upscrolled',
  ...change,
});

describe('shapeOf', () => {
  it('keeps times, accounts and routes of a queue, and nothing that names anybody', () => {
    const shape = shapeOf(
      facts({
        targets: [target('1', 'o', 'tiktok', 5), target('2', 'o', 'reels', 5)],
        routes: new Map([['1', route]]),
      }),
    );
    expect(shape.posts).toEqual([{ offsetMs: 300_000, routeKey: 'r0', accountKeys: ['a0', 'a1'] }]);
    expect(shape.accounts.map(({ key, platform }) => [key, platform])).toEqual([
      ['a0', 'tiktok'],
      ['a1', 'reels'],
    ]);
    expect(shape.routes).toMatchObject([{ key: 'r0', policy: { fallbacks: ['a1'], announce: [], onDown: 'reroute' } }]);
    expect(JSON.stringify(shape)).not.toMatch(/secret|Secret|tiktok"?:/);
  });

  it('leaves out what the outage does not concern, and what no sandbox plays', () => {
    const accounts = [
      account('tiktok', 'tiktok', { region: 'eu' }),
      account('hand', 'upscrolled'),
      account('person', 'tiktok', { externalId: 'handoff:1' }),
    ];
    const targets = [target('1', 'o', 'tiktok'), target('2', 'p', 'person')];
    expect(shapeOf(facts({ accounts, targets, outage: { ...outage, region: 'us' } }))).toMatchObject({
      posts: [],
      found: 0,
      leftOut: ['upscrolled'],
    });
    expect(shapeOf(facts({ accounts, targets })).posts).toHaveLength(1);
  });

  it('takes an even sample of a long queue', () => {
    const targets = Array.from({ length: 500 }, (_, n) => target(`t${n}`, `o${n}`, 'tiktok', n / 10));
    const { posts, found } = shapeOf(facts({ targets, routes: new Map(targets.map(({ id }) => [id, { ...route }])) }));
    expect([posts.length, found]).toEqual([MOST_COPIED, 500]);
    expect(posts[0]?.offsetMs).toBe(0);
    expect(posts.at(-1)?.offsetMs).toBeGreaterThan(2_900_000);
    expect(new Set(posts.map(({ routeKey }) => routeKey))).toEqual(new Set(['r0']));
  });
});
