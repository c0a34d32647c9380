import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { ACCOUNT_STATUSES } from '../../accounts/domain/account-status.js';
import { HEALTH_STATES } from '../../health/domain/health-state.js';
import { plusMs } from '../../kernel/durations.js';
import { PLATFORM_NAMES } from '../../platforms/domain/platform-name.js';
import { decide } from './decide.js';
import { isPanic, whyNot } from './fallback.policy.js';
import { PAUSE_SCOPES } from './pause-fact.js';
import { ACCOUNT_REACTIONS, DEFAULT_ROUTE, PLATFORM_REACTIONS, UNKNOWN_REACTIONS } from './route.js';
import type { RouteFacts } from './route-facts.js';
import { routingTiming } from './routing-timing.js';

const DUE = new Date('2026-01-25T12:00:00Z');
const accountId = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const state = fc.constantFrom(...HEALTH_STATES);
const accountStatus = fc.constantFrom(...ACCOUNT_STATUSES);
const platform = fc.constantFrom(...PLATFORM_NAMES);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Each fault alone, too: were all as likely as not, no fallback would have fewer than three, and no rule would matter. */
const mostly = <T>(good: T, any: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: any });

const fallback = fc
  .record({
    accountId,
    platform,
    state: mostly('healthy', state),
    accountStatus: mostly('active', accountStatus),
    fits: mostly(true, fc.boolean()),
    carriesOccurrence: mostly(false, fc.boolean()),
    usedPostWithinCooldown: mostly(false, fc.boolean()),
    paused: mostly(false, fc.boolean()),
    quotaLeft: mostly(undefined, optional(fc.integer({ min: -1, max: 2 }))),
    full: mostly(undefined, fc.constantFrom('hour', 'day')),
  })
  .map(({ quotaLeft, full, ...rest }) => ({
    ...rest,
    ...(quotaLeft === undefined ? {} : { quotaLeft }),
    ...(full === undefined ? {} : { full }),
  }));

const route = fc
  .record({
    onDegraded: fc.constantFrom(...PLATFORM_REACTIONS),
    onDown: fc.constantFrom(...PLATFORM_REACTIONS),
    onUnknown: fc.constantFrom(...UNKNOWN_REACTIONS),
    onAccountTrouble: fc.constantFrom(...ACCOUNT_REACTIONS),
    holdForSeconds: fc.nat(7200),
    broadcastAfterSeconds: fc.nat(7200),
  })
  .map((change) => ({ ...DEFAULT_ROUTE, ...change }));

const target = fc
  .record({
    role: mostly('origin', fc.constantFrom('origin', 'reroute', 'catch_up', 'fill')),
    staleAfterSeconds: fc.integer({ min: 60, max: 30_000 }),
    accountId,
    triedAccountIds: fc.array(accountId, { maxLength: 3 }),
    broadcastAsked: fc.boolean(),
    tries: fc.nat(8),
  })
  .map(({ staleAfterSeconds, ...rest }) => ({
    ...rest,
    scheduledAt: DUE,
    staleAt: plusMs(DUE, staleAfterSeconds * 1000),
  }));

const paused = fc.record({ scope: fc.constantFrom(...PAUSE_SCOPES) });

const facts: fc.Arbitrary<RouteFacts> = fc
  .record({
    target,
    route,
    origin: fc.record({ platform, state, admitted: fc.boolean(), accountStatus }),
    fallbacks: fc.array(fallback, { maxLength: 4 }),
    trouble: fc.constantFrom('none', 'account', 'unknown_outcome', 'rejected'),
    workspacePlatforms: fc.uniqueArray(fc.record({ platform, state }), { selector: (row) => row.platform }),
    timing: fc.constant(routingTiming(1)),
    paused: mostly(undefined, paused),
  })
  .map(({ paused, ...rest }) => (paused === undefined ? rest : { ...rest, paused }));
const now = fc.integer({ min: 0, max: 10_000 }).map((seconds) => plusMs(DUE, seconds * 1000));

const always = (holds: (given: RouteFacts, at: Date) => void) =>
  fc.assert(fc.property(facts, now, holds), { numRuns: 2_000, seed: 20260125 });

describe('every decision', () => {
  it('exists, is the same twice, and gives a reason', () =>
    always((given, at) => {
      const decision = decide(given, at);
      expect(decide(given, at)).toEqual(decision);
      expect(decision.reasons.length).toBeGreaterThan(0);
      for (const { code, text } of decision.reasons) expect(code && text).toBeTruthy();
    }));

  it('is often to go elsewhere, or these properties would say little', () => {
    const seen = fc.sample(fc.tuple(facts, now), { numRuns: 2_000, seed: 20260125 });
    const moved = seen.filter(([given, at]) => decide(given, at).kind === 'reroute');
    expect(moved.length).toBeGreaterThan(200);
  });

  it('reroutes only to an account that can take it, and never in panic', () =>
    always((given, at) => {
      const decision = decide(given, at);
      if (decision.kind !== 'reroute') return;
      const able = given.fallbacks.filter((one) => whyNot(one, given.target) === undefined);
      expect(able[0]?.accountId).toBe(decision.accountId);
      expect(isPanic(given)).toBe(false);
      expect(['origin', 'reroute']).toContain(given.target.role);
    }));

  /** Said again in plain facts, so that a fault in the router's own rule does not hide itself. */
  it('never picks an unhealthy, disconnected, paused, full, over-quota or already used account, nor the origin', () =>
    always((given, at) => {
      const decision = decide(given, at);
      if (decision.kind !== 'reroute') return;
      const { accountId } = decision;
      expect(accountId).not.toBe(given.target.accountId);
      expect(given.target.triedAccountIds).not.toContain(accountId);
      const chosen = given.fallbacks.filter((one) => one.accountId === accountId);
      expect(
        chosen.some(
          (one) =>
            one.state === 'healthy' &&
            one.accountStatus === 'active' &&
            one.paused !== true &&
            one.fits &&
            !one.carriesOccurrence &&
            !one.usedPostWithinCooldown &&
            (one.quotaLeft ?? 1) > 0 &&
            one.full === undefined,
        ),
      ).toBe(true);
    }));

  it('never sends what may be live again on its account, and elsewhere only where the route says so', () =>
    always((given, at) => {
      const doubted = { ...given, trouble: 'unknown_outcome' as const };
      const decision = decide(doubted, at);
      expect(['hold', 'reroute']).toContain(decision.kind);
      if (decision.kind === 'reroute') {
        expect(given.route.onUnknown).toBe('reroute');
        expect(decision.accountId).not.toBe(given.target.accountId);
      }
    }));

  it('publishes on a down platform only where the route says so, and never in doubt, in trouble or too late', () =>
    always((given, at) => {
      if (decide(given, at).kind !== 'publish') return;
      expect(given.origin.state !== 'down' || given.route.onDown === 'publish').toBe(true);
      expect(given.origin.accountStatus).toBe('active');
      expect(given.trouble).toBe('none');
      expect(at < given.target.staleAt).toBe(true);
    }));

  it('leaves a well platform only after many vain tries and the whole hold time', () =>
    always((given, at) => {
      const { target, route } = given;
      const origin = { ...given.origin, state: 'healthy', accountStatus: 'active' } as const;
      if (decide({ ...given, origin, trouble: 'none' }, at).kind !== 'reroute') return;
      expect(target.tries).toBeGreaterThanOrEqual(5);
      expect(at >= plusMs(DUE, route.holdForSeconds * 1000) || at >= target.staleAt).toBe(true);
    }));

  it('waits or is missed while a kill switch is on', () =>
    always((given, at) => {
      if (given.paused) expect(['hold', 'miss']).toContain(decide(given, at).kind);
    }));

  it('holds to the future and never past the stale time, unless in doubt', () =>
    always((given, at) => {
      const decision = decide(given, at);
      if (decision.kind !== 'hold') return;
      expect(decision.until <= given.target.staleAt).toBe(true);
      if (given.trouble !== 'unknown_outcome') expect(decision.until > at).toBe(true);
    }));
});
