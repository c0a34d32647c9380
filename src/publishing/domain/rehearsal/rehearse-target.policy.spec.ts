import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { DEFAULT_ROUTE, type Route } from '../../../routing/domain/route.js';
import type { FallbackFacts, RouteFacts } from '../../../routing/domain/route-facts.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import type { TargetRecord } from '../targets/target-record.js';
import { rehearseTarget } from './rehearse-target.policy.js';

const from = new Date('2026-01-26T08:00:00Z');
const minutes = (count: number) => plusMs(from, count * MINUTE_MS);
const outage = { workspaceId: 'w', platform: 'tiktok', from, until: minutes(120) } as const;

const reels: FallbackFacts = {
  accountId: 'reels',
  platform: 'reels',
  state: 'healthy',
  accountStatus: 'active',
  fits: true,
  carriesOccurrence: false,
  usedPostWithinCooldown: false,
};

interface Case {
  readonly route?: Partial<Route>;
  readonly fallbacks?: (at: Date) => readonly FallbackFacts[];
  readonly target?: Partial<TargetRecord>;
  readonly change?: Partial<RouteFacts>;
}

const rehearsal = ({ route, fallbacks = () => [reels], target: given, change }: Case = {}) => {
  const target = {
    id: 't',
    occurrenceId: 'o',
    accountId: 'tiktok',
    role: 'origin',
    status: 'scheduled',
    scheduledAt: minutes(10),
    dueAt: minutes(10),
    staleAt: minutes(10 + 48 * 60),
    ...given,
  } as TargetRecord;
  const factsAt = (at: Date, isOut: boolean): RouteFacts => ({
    target: {
      role: target.role,
      scheduledAt: target.scheduledAt,
      staleAt: target.staleAt,
      accountId: target.accountId,
      triedAccountIds: [],
    },
    route: { ...DEFAULT_ROUTE, ...route },
    origin: { platform: 'tiktok', state: isOut ? 'down' : 'healthy', admitted: false, accountStatus: 'active' },
    fallbacks: fallbacks(at),
    trouble: 'none',
    workspacePlatforms: [],
    timing: routingTiming(1),
    ...change,
  });
  return { target, factsAt };
};
const rehearse = (given: Case = {}) => rehearseTarget(rehearsal(given), outage);

describe('rehearseTarget', () => {
  it('moves at its time where the route reroutes, and says to whom and why', () => {
    const moved = rehearse();
    expect(moved).toMatchObject({ fate: 'moved', at: minutes(10), toAccountId: 'reels', hasFallback: true });
    expect(moved.reasons.map(({ code }) => code)).toContain('fallback_taken');
  });

  it('moves after the hold where the route holds first', () => {
    const route = { onDown: 'hold', holdForSeconds: 1_800 } as const;
    expect(rehearse({ route })).toMatchObject({ fate: 'moved', at: minutes(40) });
  });

  it('goes out late at home when the outage ends first, without a fallback', () => {
    expect(rehearse({ fallbacks: () => [] })).toMatchObject({
      fate: 'late',
      at: outage.until,
      hasFallback: false,
      obstacles: [{ code: 'no_fallback' }],
    });
  });

  it('is missed when it gets stale first', () => {
    const target = { staleAt: minutes(60) };
    expect(rehearse({ fallbacks: () => [], target })).toMatchObject({ fate: 'missed', at: minutes(60) });
  });

  it('waits for a fallback that is full, and moves once there is room', () => {
    const fallbacks = (at: Date): FallbackFacts[] => [at < minutes(33) ? { ...reels, full: 'hour' } : reels];
    const moved = rehearse({ fallbacks });
    expect(moved).toMatchObject({ fate: 'moved', at: minutes(35), hasFallback: false });
    expect(moved.obstacles.map(({ code }) => code)).toContain('fallback_full');
  });

  it('asks for the backup list at its time, and goes on waiting', () => {
    const route = { broadcastAfterSeconds: 3_600 };
    expect(rehearse({ fallbacks: () => [], route })).toMatchObject({ fate: 'late', asksBroadcast: true });
    expect(rehearse({ route })).toMatchObject({ fate: 'moved', asksBroadcast: false });
  });

  it('is exposed where the route publishes into the outage, and paused where a person stopped it', () => {
    expect(rehearse({ route: { onDown: 'publish' } }).fate).toBe('exposed');
    expect(rehearse({ change: { paused: { scope: 'workspace' } } }).fate).toBe('paused');
  });

  it('is stuck where its own account cannot publish and nobody takes it', () => {
    const origin = { platform: 'tiktok', state: 'healthy', admitted: false, accountStatus: 'needs_reconnect' } as const;
    expect(rehearse({ fallbacks: () => [], change: { origin } }).fate).toBe('stuck');
  });

  it('begins with the outage for what is held already', () => {
    const target = { status: 'held', scheduledAt: minutes(-30), dueAt: minutes(-1) } as const;
    expect(rehearse({ target })).toMatchObject({ fate: 'moved', at: from });
  });

  it('never moves before its time or after it is stale, nor to an account that cannot take it, and repeats itself', () => {
    const options = fc.record({
      onDown: fc.constantFrom('publish', 'hold', 'reroute'),
      hold: fc.integer({ min: 0, max: 7_200 }),
      due: fc.integer({ min: -60, max: 119 }),
      fresh: fc.integer({ min: 1, max: 300 }),
      fits: fc.boolean(),
      fullUntil: fc.integer({ min: 0, max: 180 }),
    });
    fc.assert(
      fc.property(options, ({ onDown, hold, due, fresh, fits, fullUntil }) => {
        const staleAt = minutes(due + fresh);
        const given: Case = {
          route: { onDown: onDown, holdForSeconds: hold },
          target: { scheduledAt: minutes(due), dueAt: minutes(due), staleAt },
          fallbacks: (at) => [{ ...reels, fits, ...(at < minutes(fullUntil) ? { full: 'hour' as const } : {}) }],
        };
        const result = rehearse(given);
        expect(rehearse(given)).toEqual(result);
        if (result.fate !== 'moved') return;
        expect(fits).toBe(true);
        expect(result.at >= minutes(Math.max(0, due, fullUntil))).toBe(true);
        expect(result.at < staleAt).toBe(true);
      }),
    );
  });
});
