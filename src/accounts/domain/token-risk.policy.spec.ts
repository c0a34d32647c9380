import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../kernel/durations.js';
import type { TokenEnd } from './token-ends.port.js';
import { tokenRisk } from './token-risk.policy.js';

const from = new Date('2026-01-26T08:00:00Z');
const outage = { platform: 'reels', from, until: plusMs(from, 10 * DAY_MS) } as const;
const account = (change: Partial<TokenEnd>): TokenEnd => ({
  id: 'a',
  workspaceId: 'w',
  platform: 'tiktok',
  region: 'us',
  status: 'active',
  displayName: 'A',
  externalId: 'x',
  ...change,
});
const endsIn = (ms: number) => ({ tokenExpiresAt: plusMs(from, ms) });

describe('tokenRisk', () => {
  it.each([
    ['nothing where a token has no end', account({}), undefined],
    ['nothing where the schedule still has time to renew', account(endsIn(20 * MINUTE_MS)), undefined],
    ['a renewal that should have happened', account(endsIn(10 * MINUTE_MS)), 'overdue'],
    ['a token that ended', account(endsIn(-1)), 'expired'],
    ['a first refusal', account({ ...endsIn(DAY_MS), refreshRefusedAt: from }), 'refused_once'],
    ['an account that is out already', account({ status: 'needs_reconnect' }), 'needs_reconnect'],
    ['nothing for what a person paused', account({ status: 'paused', ...endsIn(-1) }), undefined],
    ['nothing for a person who posts by hand', account({ externalId: 'handoff:1', ...endsIn(-1) }), undefined],
    [
      'what ends in the outage and cannot be renewed after',
      account({ platform: 'reels', ...endsIn(9 * DAY_MS) }),
      'ends_unrenewable',
    ],
    ['nothing where it lasts through it', account({ platform: 'reels', ...endsIn(11 * DAY_MS) }), undefined],
    ['nothing where it is renewed when the platform is back', account(endsIn(HOUR_MS)), undefined],
  ])('names %s', (_, one, risk) => {
    expect(tokenRisk(one, outage)).toBe(risk);
  });
});
