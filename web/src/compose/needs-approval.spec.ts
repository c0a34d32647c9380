import { describe, expect, it } from '@jest/globals';
import { needsApproval } from './needs-approval.ts';

const everywhere = { needsApproval: true, onDeadline: 'hold' } as const;

describe('needsApproval', () => {
  it('goes by the account’s own rule before the workspace’s', () => {
    const rules = [everywhere, { accountId: 'tt', needsApproval: false, onDeadline: 'hold' } as const];
    expect(needsApproval('tt', rules)).toBeUndefined();
    expect(needsApproval('sky', rules)).toBe(everywhere);
    expect(needsApproval('sky', [])).toBeUndefined();
  });
});
