import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import { loadTiming, NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import { DEFAULT_ROUTE } from '../../../routing/domain/route.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import type { TargetRecord } from '../targets/target-record.js';
import { backlogOrder, decideInOrder } from './backlog.policy.js';
import { movesOf } from './moves.policy.js';
import { type RoutedTarget, routeFactsOf } from './route-facts.policy.js';

const now = new Date('2026-01-25T12:00:00Z');
const account = (id: string, platform = 'reels') =>
  ({ id, platform, status: 'active', region: 'us', workspaceId: 'w', externalId: id }) as AccountFacts;
const origin = account('origin', 'tiktok');

interface Wish {
  readonly id: string;
  readonly staleInHours?: number;
  readonly isEvergreen?: boolean;
  readonly dueAgoHours?: number;
  readonly postId?: string;
  readonly fallbacks?: readonly string[];
  readonly status?: TargetRecord['status'];
}

const item = ({ id, staleInHours = 24, dueAgoHours = 0, postId = id, ...rest }: Wish): RoutedTarget => {
  const { fallbacks = ['a', 'b'], isEvergreen, status = 'held' } = rest;
  return {
    target: {
      ...{ id, postId, status, role: 'origin', accountId: 'origin', platform: 'tiktok', workspaceId: 'w', tries: 0 },
      scheduledAt: plusMs(now, -dueAgoHours * HOUR_MS),
      staleAt: plusMs(now, staleInHours * HOUR_MS),
    } as TargetRecord,
    account: origin,
    route: { ...DEFAULT_ROUTE, fallbacks },
    fallbacks: fallbacks.map((one) => ({
      account: account(one),
      fits: true,
      carriesOccurrence: false,
      usedRecently: false,
    })),
    ...(isEvergreen === undefined ? {} : { isEvergreen }),
  };
};

const healthOf = ({ id }: AccountFacts) => ({
  state: id === 'origin' ? ('down' as const) : ('healthy' as const),
  rampShare: 1,
  since: now,
  reason: '',
  overridden: false,
});
const round = {
  left: new Map(['a', 'b', 'c'].map((id) => [id, { left: 2 }])),
  load: { of: new Map(['a', 'b', 'c'].map((id) => [id, { ...NO_LOAD, usualHour: 20 }])), timing: loadTiming(1), now },
  timing: routingTiming(1),
  healthOf,
};
const around = {
  ...round,
  trouble: 'none',
  workspacePlatforms: [],
  admitted: false,
  quotaResetsAt: undefined,
} as const;
const decideAll = (items: readonly RoutedTarget[]) =>
  decideInOrder(items, (one, claims) => routeFactsOf(one, { ...around, claims }), now).map(
    ({ target, decision }) => `${target.id} ${decision.kind === 'reroute' ? decision.accountId : decision.kind}`,
  );

describe('a backlog', () => {
  it('goes by what gets stale first, then by what is worth something only now, then by what was due first', () => {
    const items = [
      item({ id: 'evergreen', staleInHours: 5, isEvergreen: true, dueAgoHours: 9 }),
      item({ id: 'later', staleInHours: 6 }),
      item({ id: 'timely', staleInHours: 5 }),
      item({ id: 'timely, due before', staleInHours: 5, dueAgoHours: 1 }),
    ];
    expect(items.toSorted(backlogOrder).map(({ target }) => target.id)).toEqual([
      'timely, due before',
      'timely',
      'evergreen',
      'later',
    ]);
  });

  it('promises no place of a quota twice in one round', () => {
    const ids = ['1', '2', '3', '4', '5'];
    expect(decideAll(ids.map((id) => item({ id })))).toEqual(['1 a', '2 a', '3 b', '4 b', '5 hold']);
  });

  it('gives an account no two runs of one post in one round', () => {
    expect(decideAll([item({ id: '1', postId: 'p' }), item({ id: '2', postId: 'p' })])).toEqual(['1 a', '2 b']);
  });

  const wish: fc.Arbitrary<Wish> = fc.record({
    id: fc.uuid(),
    staleInHours: fc.integer({ min: 1, max: 48 }),
    isEvergreen: fc.boolean(),
    postId: fc.constantFrom('p', 'q', 'r', 's'),
    fallbacks: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  });

  it('gets the same decisions whatever the order of the question, and no account more than it can take', () =>
    fc.assert(
      fc.property(fc.uniqueArray(wish, { maxLength: 20, selector: ({ id }) => id }), fc.integer(), (wishes, turn) => {
        const items = wishes.map(item);
        const turned = items.toSorted((one, other) => (one.target.id + turn < other.target.id + turn ? 1 : -1));
        const decided = decideAll(items);
        expect(decideAll(turned)).toEqual(decided);
        for (const id of ['a', 'b', 'c'])
          expect(decided.filter((line) => line.endsWith(` ${id}`)).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 200, seed: 20260125 },
    ));
});

describe('a move by hand', () => {
  it('is not bound by the usual hour, but by quota; each that stays says why', () => {
    const busy = { ...round, load: { ...round.load, of: new Map([['a', NO_LOAD]]) } };
    const items = ['1', '2', '3'].map((id) => item({ id, fallbacks: ['a'] }));
    const { moves, staying } = movesOf(items, busy, 'tiktok');
    expect(moves.map(({ targetId }) => targetId)).toEqual(['1', '2']);
    expect(staying.map(({ targetId, reasons }) => [targetId, reasons[0]?.code])).toEqual([['3', 'fallback_no_quota']]);
  });

  it('leaves what may be live already where its route waits, and what has no route out', () => {
    const items = [item({ id: '1', status: 'unconfirmed' }), item({ id: '2', fallbacks: [] })];
    const { moves, staying } = movesOf(items, round, 'tiktok');
    expect(moves).toEqual([]);
    expect(staying.map(({ reasons }) => reasons[0]?.code)).toEqual(['route_waits', 'no_fallback']);
  });
});
