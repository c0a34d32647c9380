import type { DomainError } from '../../../kernel/domain-error.js';
import { notPossible, tooLate } from '../targets/publishing.errors.js';
import type { TargetRecord } from '../targets/target-record.js';
import { approvalNotNeeded, contentChanged, notWaiting } from './approval.errors.js';
import { isUnapproved } from './approval-state.js';

/** What an approver says about a target. */
export type Verdict = 'approve' | 'reject' | 'withdraw';

/**
 * What a verdict means for a target: `step` moves it, `mark` is noted for when it wants to go again, `done` changes
 * nothing, an error refuses.
 */
export type VerdictMove = 'step' | 'mark' | 'done' | DomainError;

/** What the approver looked at; left out: whatever it says now. */
export interface Seen {
  readonly seenHash?: string;
  readonly actualHash?: string;
}

export const verdictMove = (verdict: Verdict, target: TargetRecord, seen: Seen = {}): VerdictMove => {
  const { id, approval, status } = target;
  if (approval === undefined) return approvalNotNeeded(id);
  if (verdict === 'withdraw') return withdrawMove(target);
  if (seen.seenHash !== undefined && seen.seenHash !== seen.actualHash) return contentChanged(id);
  if (verdict === 'approve' && approval === 'given') return 'done';
  if (!isUnapproved(approval)) return notWaiting(id, status);
  if (status === 'held') return 'step';
  return verdict === 'approve' && MAY_GO_AGAIN.includes(status) ? 'mark' : notWaiting(id, status);
};

/** Over, or in doubt, and yet a person or a proof may send it again. */
const MAY_GO_AGAIN = ['missed', 'failed', 'rerouted', 'unconfirmed', 'needs_decision'];

const withdrawMove = ({ id, approval, status }: TargetRecord): VerdictMove => {
  if (isUnapproved(approval)) return 'done';
  if (status === 'scheduled' || status === 'held') return 'step';
  if (status === 'publishing') return tooLate(id);
  return MAY_GO_AGAIN.includes(status) ? 'mark' : notPossible(id, status, 'stopped by taking its approval back');
};
