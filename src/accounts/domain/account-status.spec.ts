import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT_CHANGES,
  ACCOUNT_STATUSES,
  type AccountChange,
  type AccountStatus,
  statusAfter,
} from './account-status.js';

const TABLE: Readonly<Record<AccountStatus, Partial<Record<AccountChange, AccountStatus>>>> = {
  active: { connect: 'active', pause: 'paused', lose: 'needs_reconnect', disconnect: 'disconnected' },
  paused: { connect: 'active', resume: 'active', lose: 'needs_reconnect', disconnect: 'disconnected' },
  needs_reconnect: { connect: 'active', disconnect: 'disconnected' },
  disconnected: { connect: 'active' },
};

const pairs = ACCOUNT_STATUSES.flatMap((from) => ACCOUNT_CHANGES.map((change) => ({ from, change })));

describe('account status', () => {
  it.each(pairs)('$from on $change goes where the table says', ({ from, change }) => {
    expect(statusAfter(from, change)).toBe(TABLE[from][change]);
  });

  it('can be left from everywhere', () => {
    for (const from of ACCOUNT_STATUSES) expect(Object.keys(TABLE[from])).not.toHaveLength(0);
  });
});
