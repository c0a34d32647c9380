import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../kernel/domain-error.js';
import type { TargetRecord } from '../targets/target-record.js';
import { TARGET_STATUSES, type TargetStatus } from '../targets/target-status.js';
import type { ApprovalState } from './approval-state.js';
import { type Verdict, verdictMove } from './verdict.policy.js';

const target = (status: TargetStatus, approval?: ApprovalState) =>
  ({ id: 't', status, ...(approval ? { approval } : {}) }) as TargetRecord;
const move = (verdict: Verdict, status: TargetStatus, approval?: ApprovalState) => {
  const found = verdictMove(verdict, target(status, approval));
  return found instanceof DomainError ? found.code : found;
};

describe('verdictMove', () => {
  it('has nothing to say about a target that needs no approval', () => {
    for (const verdict of ['approve', 'reject', 'withdraw'] as const)
      expect(move(verdict, 'scheduled')).toBe('approval.not_needed');
  });

  it('approves and rejects what is held, and an approver may think again', () => {
    for (const approval of ['waiting', 'rejected'] as const) {
      expect(move('approve', 'held', approval)).toBe('step');
      expect(move('reject', 'held', approval)).toBe('step');
    }
    expect(move('approve', 'scheduled', 'given')).toBe('done');
    expect(move('reject', 'scheduled', 'given')).toBe('approval.not_waiting');
  });

  it('notes an approval of what is over, for a person who sends it again', () => {
    expect(move('approve', 'missed', 'waiting')).toBe('mark');
    expect(move('approve', 'cancelled', 'waiting')).toBe('approval.not_waiting');
  });

  it('takes back what waits, notes it on what may go again, and is too late for a call that has begun', () => {
    const of = (status: TargetStatus) => move('withdraw', status, 'given');
    expect(Object.fromEntries(TARGET_STATUSES.map((status) => [status, of(status)]))).toEqual({
      draft: 'target.not_possible',
      scheduled: 'step',
      held: 'step',
      publishing: 'target.too_late',
      published: 'target.not_possible',
      unconfirmed: 'mark',
      needs_decision: 'mark',
      rerouted: 'mark',
      missed: 'mark',
      failed: 'mark',
      cancelled: 'target.not_possible',
    });
  });

  it('refuses a verdict about other words than would go out', () => {
    const seen = { seenHash: 'a', actualHash: 'b' };
    const refused = verdictMove('approve', target('held', 'waiting'), seen);
    expect(refused).toMatchObject({ kind: 'stale', code: 'approval.content_changed' });
  });
});
