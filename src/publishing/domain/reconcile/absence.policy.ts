import { plusMs, SECOND_MS, scaledMs } from '../../../kernel/durations.js';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import type { PublishingTiming } from '../publishing-timing.js';
import type { AttemptView } from '../targets/target-state.js';

/** What one clean read without our post is worth. */
export interface AbsenceVerdict {
  /** It counts towards the reads the rule asks for. */
  readonly counts: boolean;
  /** The rule is satisfied: nothing was sent and nothing will land. */
  readonly proven: boolean;
  /** When the next read can count; undefined where none ever will. */
  readonly nextReadAt?: Date;
}

const NEVER: AbsenceVerdict = { counts: false, proven: false };
const notBefore = (nextReadAt: Date): AbsenceVerdict => ({ counts: false, proven: false, nextReadAt });

/**
 * Judges a clean read that did not show the post (design 4.2, 4.3).
 * A read counts only once `holdSeconds` have passed since the call's deadline (before that a late landing could not be
 * seen, and one read that leaves it out afterwards would be proof) and `spacingSeconds` after the read before;
 * `reads` of them prove absence.
 */
export const judgeAbsence = (
  rule: AbsenceRule,
  attempt: AttemptView,
  now: Date,
  timing: PublishingTiming,
): AbsenceVerdict => {
  const { callDeadlineAt, lastAbsentAt } = attempt;
  if (rule.witness === 'none' || !callDeadlineAt) return NEVER;
  const heldUntil = plusMs(callDeadlineAt, scaledMs(rule.holdSeconds * SECOND_MS, timing.scale));
  if (now < heldUntil || now <= callDeadlineAt) return notBefore(heldUntil);
  const spacingMs = scaledMs(rule.spacingSeconds * SECOND_MS, timing.scale);
  if (lastAbsentAt && now < plusMs(lastAbsentAt, spacingMs)) return notBefore(plusMs(lastAbsentAt, spacingMs));
  return { counts: true, proven: attempt.absentReads + 1 >= rule.reads, nextReadAt: plusMs(now, spacingMs) };
};
