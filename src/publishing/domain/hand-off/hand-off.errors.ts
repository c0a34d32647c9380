import { DomainError } from '../../../kernel/domain-error.js';
import type { TargetStatus } from '../targets/target-status.js';
import type { HandOffState } from './hand-off-state.js';

/** The word was given already, or the target went another way meanwhile. */
export const handOffOver = (id: string, state: HandOffState, targetStatus: TargetStatus): DomainError =>
  new DomainError(
    'conflict',
    'handoff.over',
    `This hand-off is ${state} and its target ${targetStatus}; that cannot be changed any more. Look at the target.`,
    { id, state, targetStatus },
  );
