import { HOUR_MS, plusMs, scaledMs, type TimeScale } from '../../../kernel/durations.js';
import type { MetricsOutcome, Unavailable } from '../../../platforms/domain/publish-outcome.js';
import { milestoneOf, nextLookAt, retryLookAt } from './metric-schedule.js';
import type { LookDue, LookResult } from './metric-looks.port.js';
import { countersIn } from './post-counters.js';

/** A token that even a refresh did not mend is the user's to mend; until then there is no hurry. */
const UNAUTHORISED_MS = 6 * HOUR_MS;

/** What reading one post's counters came to. `broken`: a fault of ours, nobody answered. */
export type LookOutcome = MetricsOutcome | { readonly kind: 'broken' };

/** A refusal is unavailable to us, and proves that the platform answers: it concerns the account or our app. */
const isTheirs = ({ httpStatus }: Unavailable): boolean => httpStatus === undefined || httpStatus >= 500;

/** What one answer makes of one look. Only counters become a sample: no data is not zero. */
export const resultOf = (
  look: LookDue,
  outcome: LookOutcome,
  { now, scale, suspect }: { readonly now: Date; readonly scale: TimeScale; readonly suspect: boolean },
): LookResult => {
  const { targetId, claim, publishedAt, failures } = look;
  const failed = (notBefore?: Date): LookResult => {
    const nextAt = retryLookAt(look, now, { scale, notBefore });
    return { targetId, claim, failures: failures + 1, nextAt };
  };
  switch (outcome.kind) {
    case 'metrics': {
      const counters = countersIn(outcome);
      const nextAt = nextLookAt(publishedAt, now, scale);
      const done = { targetId, claim, failures: 0, nextAt, reading: 'good' } as const;
      if (!counters) return done;
      const sample = { ...counters, at: now, milestoneSeconds: milestoneOf(publishedAt, now, scale), suspect };
      return { ...done, sample, permalink: outcome.permalink };
    }
    case 'no_data':
      return { targetId, claim, failures: 0, nextAt: nextLookAt(publishedAt, now, scale) };
    case 'broken':
      return failed();
    case 'throttled':
      return failed(outcome.retryAt);
    case 'unauthorised':
      return failed(plusMs(now, scaledMs(UNAUTHORISED_MS, scale)));
    case 'unavailable':
      return isTheirs(outcome) ? { ...failed(), reading: 'bad' } : failed();
  }
};
