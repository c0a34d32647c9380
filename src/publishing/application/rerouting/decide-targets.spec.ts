import { describe, expect, it } from '@jest/globals';
import type { AccountDirectory, Quotas } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { HealthView } from '../../../health/index.js';
import { publishQuotas, type QuotaHolder } from '../../../accounts/domain/quota.policy.js';
import { DEFAULT_ROUTE } from '../../../routing/domain/route.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { DecideTargets } from './decide-targets.js';
import type { Engine } from '../engine.js';
import type { GatherFacts } from './gather-facts.js';

const now = new Date('2026-01-25T12:00:00Z');
const soon = new Date('2026-01-25T20:00:00Z');

const account = (id: string, externalId: string): AccountFacts =>
  ({ id, platform: 'shorts', externalId, workspaceId: 'w', region: 'us', status: 'active' }) as AccountFacts;

/** Decides about a target whose app quota is spent and whose route knows one fallback. */
const decideFor = async (fallback: AccountFacts, state = 'healthy') => {
  let tokens = 0;
  const origin = account('origin', 'channel');
  const target = {
    ...{ id: 't', workspaceId: 'w', accountId: 'origin', platform: 'shorts', role: 'origin' },
    ...{ scheduledAt: now, staleAt: new Date('2026-01-25T19:00:00Z') },
  } as TargetRecord;
  const facts = { account: fallback, fits: true, carriesOccurrence: false, usedRecently: false };
  const route = { ...DEFAULT_ROUTE, fallbacks: [fallback.id] };
  const spent = (holders: readonly QuotaHolder[]) =>
    new Map(
      holders
        .filter(({ platform }) => publishQuotas(100)[platform].length > 0)
        .map(({ id }) => [id, { left: 0, resetsAt: soon }]),
    );
  const decide = new DecideTargets(
    {
      execute: () => Promise.resolve([{ target, account: origin, route, fallbacks: [facts] }]),
      letThrough: () => Promise.resolve(new Set()),
    } as unknown as GatherFacts,
    { list: () => Promise.resolve([]) } as unknown as AccountDirectory,
    { stateOf: () => ({ state, rampShare: 0 }) } as unknown as HealthView,
    { take: () => Promise.resolve(Boolean((tokens += 1))) },
    { now: () => now, settings: { routing: routingTiming(1) } } as unknown as Engine,
    { left: (holders: readonly QuotaHolder[]) => Promise.resolve(spent(holders)) } as unknown as Quotas,
  );
  const [decided] = await decide.withoutQuota([target], new Map([['t', soon]]));
  return { kind: decided?.decision.kind, tokens };
};

describe('DecideTargets', () => {
  it('hands over to a person where the app has no call left, since a person uses none', async () => {
    expect(await decideFor(account('other', 'another-channel'))).toMatchObject({ kind: 'hold' });
    expect(await decideFor(account('by-hand', 'handoff:0123'))).toMatchObject({ kind: 'reroute' });
  });

  it('takes no canary token for what has no quota and could not go', async () => {
    expect(await decideFor(account('other', 'another-channel'), 'recovering')).toEqual({ kind: 'hold', tokens: 0 });
  });
});
