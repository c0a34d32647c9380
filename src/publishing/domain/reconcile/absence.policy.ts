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
}

const NOT_COUNTED: AbsenceVerdict = { counts: false, proven: false };

/**
 * Judges a clean read that did not show the post (design 4.2, 4.3).
 * A read counts only after the call's deadline and `spacingSeconds` after the read before;
 * absence is believed after `reads` of them and `holdSeconds` after the deadline.
 */
export const judgeAbsence = (
  rule: AbsenceRule,
  attempt: AttemptView,
  now: Date,
  timing: PublishingTiming,
): AbsenceVerdict => {
  const { callDeadlineAt, lastAbsentAt } = attempt;
  if (rule.witness === 'none' || !callDeadlineAt || now <= callDeadlineAt) return NOT_COUNTED;
  const spacingMs = scaledMs(rule.spacingSeconds * SECOND_MS, timing.scale);
  if (lastAbsentAt && now < plusMs(lastAbsentAt, spacingMs)) return NOT_COUNTED;
  const reads = attempt.absentReads + 1;
  const holdOver = now >= plusMs(callDeadlineAt, scaledMs(rule.holdSeconds * SECOND_MS, timing.scale));
  return { counts: true, proven: reads >= rule.reads && holdOver };
};
