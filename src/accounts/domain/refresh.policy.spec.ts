import { describe, expect, it } from '@jest/globals';
import type { ConnectOutcome } from '../../platforms/domain/publish-outcome.js';
import { judgeRefresh, REFRESH_CALL_TIMEOUT_MS, REFRESH_LEASE_MS } from './refresh.policy.js';

const renewed: ConnectOutcome = {
  kind: 'connected',
  externalId: 'me',
  displayName: 'Me',
  credentials: { accessToken: 'new' },
  scopes: [],
};

describe('judgeRefresh', () => {
  it('takes new credentials of the same identity', () => {
    expect(judgeRefresh(renewed, 'me')).toEqual({ kind: 'renewed', outcome: renewed });
  });

  it("never takes someone else's credentials", () => {
    expect(judgeRefresh(renewed, 'you')).toEqual({ kind: 'failed' });
  });

  it('counts only a refusal of the credentials or the account against them', () => {
    expect(judgeRefresh({ kind: 'unauthorised', reconnect: false }, 'me').kind).toBe('refused');
    expect(judgeRefresh({ kind: 'unauthorised', reconnect: true }, 'me').kind).toBe('refused');
    expect(judgeRefresh({ kind: 'rejected', category: 'account_issue' }, 'me').kind).toBe('refused');
  });

  it('never counts an outage, a misconfigured app or a platform without refresh against them', () => {
    expect(judgeRefresh({ kind: 'unavailable' }, 'me').kind).toBe('failed');
    expect(judgeRefresh({ kind: 'rejected', category: 'platform_rejected' }, 'me').kind).toBe('failed');
    expect(judgeRefresh(undefined, 'me').kind).toBe('failed');
  });

  it('keeps the lease longer than the call', () => {
    expect(REFRESH_LEASE_MS).toBeGreaterThan(2 * REFRESH_CALL_TIMEOUT_MS);
  });
});
