import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { Span } from '../../domain/queues/queue.js';
import { spanBackwards } from '../../domain/recurring/recurring.errors.js';

/** Shown when no end is asked for. */
const USUAL_SPAN_MS = 366 * DAY_MS;

/** The span a query names; from now on and a year long where it does not say. @throws DomainError `request.bad_span` */
export const spanOf = ({ from, to }: { readonly from?: string; readonly to?: string }, now: Date): Span => {
  const start = from === undefined ? now : new Date(from);
  const until = to === undefined ? plusMs(start, USUAL_SPAN_MS) : new Date(to);
  assertForwards(start, until);
  return { from: start, until };
};

/** @throws DomainError `request.bad_span` */
export const assertForwards = (from: Date | undefined, until: Date | undefined): void => {
  if (from && until && until < from) throw spanBackwards();
};
