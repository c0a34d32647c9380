import { describe, expect, it } from '@jest/globals';
import type { AccountDirectory, Quotas } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { HealthView } from '../../../health/index.js';
import { publishQuotas, type QuotaHolder } from '../../../accounts/domain/quota.policy.js';
import { type FallbackLoad, NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import { DEFAULT_ROUTE } from '../../../routing/domain/route.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import type { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { DecideTargets } from './decide-targets.js';
import type { Engine } from '../engine.js';
import type { GatherFacts } from './gather-facts.js';
import { ReadSurroundings } from './read-surroundings.js';

const now = new Date('2026-01-25T12:00:00Z');
const soon = new Date('2026-01-25T20:00:00Z');

const account = (id: string, externalId: string): AccountFacts =>
  ({ id, platform: 'shorts', externalId, workspaceId: 'w', region: 'us', status: 'active' }) as AccountFacts;

const targetOf = (id: string) =>
  ({
    ...{ id, workspaceId: 'w', postId: `post-${id}`, accountId: 'origin', platform: 'shorts', role: 'origin' },
    ...{ scheduledAt: now, staleAt: new Date('2026-01-25T19:00:00Z') },
  }) as TargetRecord;

interface Stage {
  readonly fallbacks: readonly AccountFacts[];
  readonly state?: string;
  readonly isSpent?: boolean;
  readonly loads?: ReadonlyMap<string, FallbackLoad>;
}

/** Decides about targets whose own app quota is spent. */
const decideFor = async (ids: readonly string[], { fallbacks, state = 'healthy', isSpent = true, loads }: Stage) => {
  let tokens = 0;
  const route = { ...DEFAULT_ROUTE, fallbacks: fallbacks.map(({ id }) => id) };
  const options = fallbacks.map((one) => ({
    account: one,
    fits: true,
    carriesOccurrence: false,
    usedRecently: false,
  }));
  const spent = (holders: readonly QuotaHolder[]) =>
    new Map(
      holders
        .filter(({ platform }) => isSpent && publishQuotas(100)[platform].length > 0)
        .map(({ id }) => [id, { left: 0, resetsAt: soon }]),
    );
  const engine = { now: () => now, settings: { routing: routingTiming(1) } } as unknown as Engine;
  const accounts = { list: () => Promise.resolve([]) } as unknown as AccountDirectory;
  const decide = new DecideTargets(
    {
      execute: (targets: readonly TargetRecord[]) =>
        Promise.resolve(
          targets.map((target) => ({ target, account: account('origin', 'channel'), route, fallbacks: options })),
        ),
      letThrough: () => Promise.resolve(new Set()),
    } as unknown as GatherFacts,
    accounts,
    new ReadSurroundings(
      accounts,
      { left: (holders: readonly QuotaHolder[]) => Promise.resolve(spent(holders)) } as unknown as Quotas,
      { read: () => Promise.resolve(loads ?? new Map()) } as unknown as FallbackLoads,
      { stateOf: () => ({ state, rampShare: 0 }) } as unknown as HealthView,
      engine,
    ),
    { take: () => Promise.resolve(Boolean((tokens += 1))) },
    engine,
  );
  const decided = await decide.withoutQuota(ids.map(targetOf), new Map(ids.map((id) => [id, soon])));
  return { decided: decided.map(({ decision }) => decision), tokens };
};

describe('DecideTargets', () => {
  it('hands over to a person where the app has no call left, since a person uses none', async () => {
    const kindFor = async (fallback: AccountFacts) =>
      (await decideFor(['t'], { fallbacks: [fallback] })).decided[0]?.kind;
    expect(await kindFor(account('other', 'another-channel'))).toBe('hold');
    expect(await kindFor(account('by-hand', 'handoff:0123'))).toBe('reroute');
  });

  it('takes no canary token for what has no quota and could not go', async () => {
    const stage = { fallbacks: [account('other', 'another-channel')], state: 'recovering' };
    expect(await decideFor(['t'], stage)).toMatchObject({ decided: [{ kind: 'hold' }], tokens: 0 });
  });

  it('spreads one round over the fallbacks, each by its own usual hour, and holds what is left', async () => {
    const fallbacks = [account('quiet', 'a'), account('busy', 'b')];
    const loads = new Map([
      ['quiet', NO_LOAD],
      ['busy', { ...NO_LOAD, usualHour: 8 }],
    ]);
    const { decided } = await decideFor(['1', '2', '3', '4'], { fallbacks, isSpent: false, loads });
    expect(decided.map((one) => (one.kind === 'reroute' ? one.accountId : one.kind))).toEqual([
      'quiet',
      'busy',
      'busy',
      'hold',
    ]);
    expect(decided[3]?.reasons.map(({ code }) => code)).toEqual([
      'quota_exhausted',
      'no_fallback',
      'fallback_full',
      'fallback_full',
    ]);
  });
});
