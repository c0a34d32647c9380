import { plusMs } from '../../../kernel/durations.js';
import type { TargetRecord } from './target-record.js';
import type { HoldReason, Step } from './target-state.js';
import type { TargetStatus } from './target-status.js';

/** What a person may give another time. */
export const MOVABLE: readonly TargetStatus[] = ['scheduled', 'held', 'failed', 'missed'];

/** Holds that end by a person's hand, not by the time. */
const STANDING: readonly HoldReason[] = ['approval', 'paused'];

/** How long after its time a target is still worth anything: as long as before. */
export const staleAfterMove = (
  { staleAt, scheduledAt }: Pick<TargetRecord, 'staleAt' | 'scheduledAt'>,
  at: Date,
): Date => plusMs(at, staleAt.getTime() - scheduledAt.getTime());

/** A hold ends with the time itself or when the target is stale, as it did before the move. */
const holdEnd = (target: TargetRecord, at: Date): Date =>
  target.holdUntil?.getTime() === target.scheduledAt.getTime() ? at : staleAfterMove(target, at);

/** A waiting target waits for its new time; what had ended gets another turn. */
export const movedTo = (target: TargetRecord, at: Date): Step => {
  const { status, holdReason } = target;
  if (status === 'held' && holdReason && STANDING.includes(holdReason)) {
    const until = holdEnd(target, at);
    const hold = { reason: holdReason, until };
    return { cause: 'moved_by_hand', target: { status, bumpVersion: true, dueAt: until, hold }, effects: [] };
  }
  const again = status === 'failed' || status === 'missed' ? { tries: 0, error: null } : {};
  const change = { status: 'scheduled', bumpVersion: true, dueAt: at, ...again } as const;
  return { cause: 'moved_by_hand', target: change, effects: [] };
};
