import { DomainError } from '../../../kernel/domain-error.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';

const USUAL_SPAN_DAYS = 30;
const LONGEST_SPAN_DAYS = 366;

/** From when, that instant included, to when. */
export interface AnalyticsSpan {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The span that was asked for: up to now, and thirty days long, where an end is left out.
 * @throws DomainError `analytics.bad_span` when it is empty or longer than 366 days
 */
export const analyticsSpan = (asked: Partial<AnalyticsSpan>, now: Date): AnalyticsSpan => {
  const to = asked.to ?? now;
  const from = asked.from ?? plusMs(to, -USUAL_SPAN_DAYS * DAY_MS);
  const spanMs = to.getTime() - from.getTime();
  if (spanMs > 0 && spanMs <= LONGEST_SPAN_DAYS * DAY_MS) return { from, to };
  throw new DomainError(
    'invalid',
    'analytics.bad_span',
    `Ask for a span that begins before it ends and is at most ${LONGEST_SPAN_DAYS} days long.`,
  );
};
