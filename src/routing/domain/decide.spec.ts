import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../kernel/durations.js';
import { decide } from './decide.js';
import { PAUSE_SCOPES } from './pause-fact.js';
import { DEFAULT_ROUTE, type Route } from './route.js';
import type { FallbackFacts, OriginFacts, RouteFacts, TargetFacts } from './route-facts.js';
import { routingTiming } from './routing-timing.js';

const DUE = new Date('2026-01-25T12:00:00Z');
const minutes = (count: number) => plusMs(DUE, count * 60_000);
const STALE = minutes(48 * 60);

const fallback = (change: Partial<FallbackFacts> = {}): FallbackFacts => ({
  accountId: 'reels-1',
  platform: 'reels',
  state: 'healthy',
  accountStatus: 'active',
  fits: true,
  carriesOccurrence: false,
  usedPostWithinCooldown: false,
  ...change,
});

interface Change extends Partial<Omit<RouteFacts, 'route' | 'origin' | 'target'>> {
  route?: Partial<Route>;
  origin?: Partial<OriginFacts>;
  target?: Partial<TargetFacts>;
}

const facts = ({ route, origin, target, ...rest }: Change = {}): RouteFacts => ({
  target: {
    role: 'origin',
    scheduledAt: DUE,
    staleAt: STALE,
    accountId: 'tiktok-1',
    triedAccountIds: [],
    ...target,
  },
  route: { ...DEFAULT_ROUTE, ...route },
  origin: { platform: 'tiktok', state: 'down', admitted: false, accountStatus: 'active', ...origin },
  fallbacks: [fallback()],
  trouble: 'none',
  workspacePlatforms: [],
  timing: routingTiming(1),
  ...rest,
});

const codes = (given: Change, at = DUE) => decide(facts(given), at).reasons.map(({ code }) => code);
const action = (given: Change, at = DUE) => {
  const { reasons: _, ...rest } = decide(facts(given), at);
  return rest;
};
const REROUTE = { kind: 'reroute', accountId: 'reels-1' };
const hold = (reason: string, until: Date) => ({ kind: 'hold', reason, until });

describe('decide, by the platform', () => {
  it('publishes on a healthy platform, and on one whose ramp admits the target', () => {
    expect(action({ origin: { state: 'healthy' } })).toEqual({ kind: 'publish' });
    expect(action({ origin: { state: 'recovering', admitted: true } })).toEqual({ kind: 'publish' });
  });

  it('holds what a recovering platform does not admit yet, and goes elsewhere when the hold is over', () => {
    const waiting = { origin: { state: 'recovering' as const } };
    expect(action(waiting)).toEqual(hold('platform', minutes(30)));
    expect(action(waiting, minutes(30))).toEqual(REROUTE);
    expect(action({ ...waiting, fallbacks: [] }, minutes(31))).toEqual(hold('platform', STALE));
  });

  it.each([
    ['degraded', 'publish', { kind: 'publish' }],
    ['degraded', 'hold', hold('platform', minutes(30))],
    ['degraded', 'reroute', REROUTE],
    ['down', 'publish', { kind: 'publish' }],
    ['down', 'hold', hold('platform', minutes(30))],
    ['down', 'reroute', REROUTE],
  ] as const)('on %s does what the route says: %s', (state, reaction, expected) => {
    const route = state === 'down' ? { onDown: reaction } : { onDegraded: reaction };
    expect(action({ origin: { state }, route })).toEqual(expected);
  });

  it('holds a down target without fallback to its stale time, then misses it', () => {
    const alone = { fallbacks: [] };
    expect(action(alone)).toEqual(hold('platform', minutes(30)));
    expect(action(alone, minutes(45))).toEqual(hold('platform', STALE));
    expect(action(alone, STALE)).toEqual({ kind: 'miss' });
    expect(codes(alone)).toEqual(['platform_down', 'no_fallback']);
  });

  it('after a hold on a degraded platform reroutes if it can, else publishes', () => {
    const given = { origin: { state: 'degraded' as const }, route: { onDegraded: 'hold' as const } };
    expect(action(given, minutes(30))).toEqual(REROUTE);
    expect(action({ ...given, fallbacks: [] }, minutes(30))).toEqual({ kind: 'publish' });
  });

  it('publishes on a degraded platform at once when the route names nowhere else', () => {
    const given = { origin: { state: 'degraded' as const }, route: { onDegraded: 'reroute' as const } };
    expect(action({ ...given, fallbacks: [] })).toEqual({ kind: 'publish' });
    expect(action({ ...given, fallbacks: [fallback({ state: 'down' })] })).toEqual(hold('platform', minutes(30)));
  });

  it('never holds beyond the stale time', () => {
    const given = { target: { staleAt: minutes(10) }, route: { onDown: 'hold' as const } };
    expect(action(given)).toEqual(hold('platform', minutes(10)));
  });

  it('shortens the hold by the time scale', () => {
    const given = { timing: routingTiming(60), route: { onDown: 'hold' as const } };
    expect(action(given)).toEqual(hold('platform', plusMs(DUE, 30_000)));
  });
});

describe('decide, by the account and the last try', () => {
  it.each(PAUSE_SCOPES)('waits while a person has paused its %s, whatever else is wrong', (scope) => {
    const paused = { scope, reason: 'Law suit' };
    for (const trouble of ['none', 'account', 'rejected'] as const)
      expect(action({ paused, trouble, origin: { state: 'down' } }, minutes(60))).toEqual(hold('paused', STALE));
    expect(codes({ paused })).toEqual([`${scope}_paused`]);
    expect(decide(facts({ paused }), DUE).reasons[0]?.text).toContain('Reason: Law suit');
  });

  it('misses what got stale under a pause, and looks for no replacement of a doubt meanwhile', () => {
    expect(action({ paused: { scope: 'workspace' } }, STALE)).toEqual({ kind: 'miss' });
    const doubt = { trouble: 'unknown_outcome', route: { onUnknown: 'reroute' } } as const;
    expect(action(doubt)).toEqual(REROUTE);
    expect(action({ ...doubt, paused: { scope: 'platform' } })).toEqual(hold('platform', STALE));
  });

  it('goes elsewhere when a platform that looks well has taken nothing for the whole hold time', () => {
    const vain = { target: { tries: 5 }, origin: { state: 'healthy' } } as const;
    expect(action(vain, minutes(29))).toEqual({ kind: 'publish' });
    expect(action(vain, minutes(30))).toEqual(REROUTE);
    expect(decide(facts(vain), minutes(30)).reasons[0]).toEqual({
      code: 'could_not_send',
      text: 'It could not be sent for 30 minutes in 5 tries although TikTok looks healthy.',
    });
    expect(action({ ...vain, origin: { state: 'recovering' } }, minutes(30))).toEqual(REROUTE);
  });

  it('does not take a few tries for proof, however long ago: our own line may have been cut', () => {
    const few = { target: { tries: 4 }, origin: { state: 'healthy' } } as const;
    expect(action(few, minutes(45))).toEqual({ kind: 'publish' });
    expect(action({ ...few, origin: { state: 'recovering', admitted: true } }, minutes(45))).toEqual({
      kind: 'publish',
    });
    const ill = { target: { tries: 1 }, origin: { state: 'degraded' }, route: { onDegraded: 'publish' } } as const;
    expect(action(ill, minutes(29))).toEqual({ kind: 'publish' });
    expect(action(ill, minutes(30))).toEqual(REROUTE);
    expect(action({ ...ill, target: { tries: 0 } }, minutes(30))).toEqual({ kind: 'publish' });
  });

  it('goes on trying where the route stays or nobody else can take it', () => {
    const vain = { target: { tries: 9 }, origin: { state: 'healthy' } } as const;
    expect(action({ ...vain, fallbacks: [] }, minutes(60))).toEqual({ kind: 'publish' });
    expect(action({ ...vain, route: { onDown: 'hold' } }, minutes(60))).toEqual({ kind: 'publish' });
    expect(action({ ...vain, route: { onDown: 'publish' } }, minutes(60))).toEqual({ kind: 'publish' });
  });

  it('takes no fallback on a platform that a person paused', () => {
    expect(action({ fallbacks: [fallback({ paused: true }), fallback({ accountId: 'shorts-1' })] })).toEqual({
      kind: 'reroute',
      accountId: 'shorts-1',
    });
    expect(codes({ fallbacks: [fallback({ paused: true })] })).toContain('fallback_paused');
  });

  it('leaves a paused account alone: no reroute, no hurry', () => {
    expect(action({ origin: { state: 'healthy', accountStatus: 'paused' } })).toEqual(hold('paused', STALE));
  });

  it.each(['needs_reconnect', 'disconnected'] as const)('treats %s by onAccountTrouble', (accountStatus) => {
    const origin = { state: 'healthy' as const, accountStatus };
    expect(action({ origin })).toEqual(REROUTE);
    expect(action({ origin, route: { onAccountTrouble: 'hold' } })).toEqual(hold('account', minutes(30)));
    expect(action({ origin, route: { onAccountTrouble: 'hold' } }, minutes(30))).toEqual(REROUTE);
    expect(action({ origin, fallbacks: [] }, minutes(30))).toEqual(hold('account', STALE));
  });

  it('after an unknown outcome waits or goes to another account, never to the same one, and never misses', () => {
    const doubt = { trouble: 'unknown_outcome' as const, origin: { state: 'healthy' as const } };
    expect(action(doubt)).toEqual(hold('platform', STALE));
    expect(action({ ...doubt, route: { onUnknown: 'reroute' } })).toEqual(REROUTE);
    expect(action({ ...doubt, route: { onUnknown: 'reroute' }, fallbacks: [] })).toEqual(hold('platform', STALE));
    expect(action({ ...doubt, route: { onUnknown: 'reroute' } }, STALE)).toEqual(hold('platform', STALE));
  });

  it('after a refusal goes elsewhere or gives up', () => {
    const refused = { trouble: 'rejected' as const, origin: { state: 'healthy' as const } };
    expect(action(refused)).toEqual(REROUTE);
    expect(action({ ...refused, fallbacks: [fallback({ fits: false })] })).toEqual({ kind: 'miss' });
    expect(action({ ...refused, route: { onAccountTrouble: 'hold' } })).toEqual({ kind: 'miss' });
  });
});

describe('decide, without quota', () => {
  const spent = (resetsAt: Date, route: Partial<Route> = {}) => ({
    origin: { state: 'healthy' as const, quotaResetsAt: resetsAt },
    route,
  });

  it('waits for a reset within the hold time, then publishes', () => {
    expect(action(spent(minutes(20)))).toEqual(hold('quota', minutes(20)));
    expect(action(spent(minutes(20)), minutes(20))).toEqual({ kind: 'publish' });
  });

  it('goes elsewhere when the reset is later, else waits for it, never past the stale time', () => {
    expect(action(spent(minutes(600)))).toEqual(REROUTE);
    expect(action({ ...spent(minutes(600)), fallbacks: [] })).toEqual(hold('quota', minutes(600)));
    expect(action({ ...spent(minutes(72 * 60)), fallbacks: [fallback({ quotaLeft: 0 })] })).toEqual(
      hold('quota', STALE),
    );
  });

  it('stays for the hold time where the route says hold', () => {
    const given = spent(minutes(600), { onAccountTrouble: 'hold' });
    expect(action(given)).toEqual(hold('quota', minutes(30)));
    expect(action(given, minutes(30))).toEqual(REROUTE);
  });

  it('leaves a platform that is down as the route says, also while the quota is spent', () => {
    const down = { state: 'down' as const, quotaResetsAt: minutes(20) };
    expect(action({ origin: down, route: { onDown: 'reroute' } })).toEqual(REROUTE);
    expect(action({ origin: down, route: { onDown: 'publish' } })).toEqual(hold('quota', minutes(20)));
  });

  it('waits out a minute however late it is', () => {
    expect(action(spent(minutes(41)), minutes(40))).toEqual(hold('quota', minutes(41)));
  });
});

describe('decide, choosing a fallback', () => {
  it.each([
    ['fallback_is_origin', { accountId: 'tiktok-1' }],
    ['fallback_tried', { accountId: 'reels-0' }],
    ['fallback_carries_it', { carriesOccurrence: true }],
    ['fallback_not_active', { accountStatus: 'needs_reconnect' as const }],
    ['fallback_not_healthy', { state: 'degraded' as const }],
    ['fallback_does_not_fit', { fits: false }],
    ['fallback_cooldown', { usedPostWithinCooldown: true }],
    ['fallback_no_quota', { quotaLeft: 0 }],
  ])('passes over an account with a reason: %s', (code, change) => {
    const given = { target: { triedAccountIds: ['reels-0'] }, fallbacks: [fallback(change), fallback()] };
    expect(action(given)).toEqual(REROUTE);
    expect(codes(given)).toEqual(['platform_down', 'fallback_taken', code]);
  });

  it('lets a replacement go on to the next account of the root route', () => {
    const fallbacks = [fallback({ carriesOccurrence: true }), fallback({ accountId: 'shorts-1', platform: 'shorts' })];
    const target = { role: 'reroute' as const, accountId: 'reels-1', triedAccountIds: ['tiktok-1'] };
    expect(action({ target, fallbacks })).toEqual({ kind: 'reroute', accountId: 'shorts-1' });
  });

  it.each(['catch_up', 'fill'] as const)('keeps a %s on its account', (role) => {
    expect(action({ target: { role } })).toEqual(hold('platform', minutes(30)));
    expect(codes({ target: { role } })).toContain('stays_here');
  });

  it('stops rerouting when more than half of at least three platforms are down; healthy ones go on', () => {
    const of = (...states: ('down' | 'healthy')[]) =>
      states.map((state, index) => ({ platform: (['tiktok', 'reels', 'shorts', 'skylight'] as const)[index]!, state }));
    const panic = of('down', 'healthy', 'down');
    expect(action({ workspacePlatforms: panic })).toEqual(hold('panic', minutes(30)));
    expect(action({ workspacePlatforms: panic }, minutes(40))).toEqual(hold('panic', STALE));
    expect(action({ workspacePlatforms: panic, origin: { state: 'healthy' } })).toEqual({ kind: 'publish' });
    expect(action({ workspacePlatforms: of('down', 'healthy', 'down', 'healthy') })).toEqual(REROUTE);
    expect(action({ workspacePlatforms: of('down', 'down') })).toEqual(REROUTE);
  });

  it('asks for the backup list once, when its time has come and nothing else is left', () => {
    const given = { fallbacks: [], route: { broadcastAfterSeconds: 600 }, target: { broadcastAsked: false } };
    expect(action(given)).toEqual(hold('platform', minutes(30)));
    expect(action(given, minutes(10))).toEqual({ kind: 'broadcast' });
    expect(action({ ...given, fallbacks: [fallback()] }, minutes(10))).toEqual(REROUTE);
    expect(action({ ...given, target: { broadcastAsked: true } }, minutes(10)).kind).toBe('hold');
    expect(action({ ...given, target: {} }, minutes(10)).kind).toBe('hold');
  });
});
