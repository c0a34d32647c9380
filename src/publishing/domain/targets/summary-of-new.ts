import { plusMs } from '../../../kernel/durations.js';
import { spreadOf } from './spread.js';
import type { NewTarget } from './target-store.port.js';
import type { TargetSummary } from './target-summary.js';

/** The times of a target that goes out somewhen within `spreadSeconds`. */
export const plannedOf = (id: string, scheduledAt: Date, spreadSeconds: number): Partial<TargetSummary> =>
  spreadSeconds === 0 ? {} : { plannedAt: plusMs(scheduledAt, -spreadOf(id, spreadSeconds)), spreadSeconds };

const approvalOf = (approval: NewTarget['approval']): Pick<TargetSummary, 'status'> & Partial<TargetSummary> => {
  if (approval?.state === 'waiting')
    return { status: 'held', holdReason: 'approval', holdUntil: approval.until, approval: 'waiting' };
  return { status: 'scheduled', ...(approval ? { approval: approval.state } : {}) };
};

/** A target that was just stored, as it would be read. */
export const summaryOfNew = ({
  spreadSeconds,
  approval,
  content: _,
  workspaceId: __,
  standsFor: ___,
  ...target
}: NewTarget): TargetSummary => ({
  ...target,
  ...plannedOf(target.id, target.scheduledAt, spreadSeconds),
  ...approvalOf(approval),
  late: false,
  version: 1,
});
