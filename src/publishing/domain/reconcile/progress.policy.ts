import { MINUTE_MS } from '../../../kernel/durations.js';
import type { AttemptView, Effect } from '../targets/target-state.js';

/** Most posts are live by then; a look at a younger one tells health nothing. */
const SLOW_MS = 2 * MINUTE_MS;

/** How long ago the platform accepted it, ms. */
const sinceAccepted = ({ outcomeAt }: AttemptView, at: Date): number =>
  outcomeAt ? Math.max(0, at.getTime() - outcomeAt.getTime()) : 0;

/** An accepted post was found live: how long that took is evidence. */
export const wentLive = (attempt: AttemptView, at: Date): Effect => ({
  kind: 'signal',
  capability: 'publish',
  verdict: 'good',
  ageMs: sinceAccepted(attempt, at),
});

/** The platform could be asked and has not shown it yet: evidence once most others would be live. */
export const stillWaits = (attempt: AttemptView, now: Date): readonly Effect[] => {
  const ageMs = sinceAccepted(attempt, now);
  if (attempt.state !== 'processing' || ageMs < SLOW_MS) return [];
  return [{ kind: 'signal', capability: 'publish', verdict: 'unknown', errorClass: 'stall', ageMs }];
};
