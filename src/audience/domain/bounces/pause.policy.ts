import { DAY_MS } from '../../../kernel/durations.js';
import { isHard, SOFT_CLASSES } from './delivery-class.js';
import type { NewDeliveryReport } from './delivery-reports.port.js';
import type { SoftBounces } from './soft-bounces.js';

/** `resilience.md` D2.7: 5 soft bounces in 14 days over at least 3 broadcasts pause an address. */
export const SOFT_WINDOW_MS = 14 * DAY_MS;
export const SOFT_LIMIT = 5;
export const SOFT_BROADCASTS = 3;
/** A paused address is tried again after a month: the mailbox may have room by then. */
export const PAUSE_MS = 30 * DAY_MS;

/** What a report does to its person; `none` for everything that judges us, the message or the moment. */
export type Consequence = 'bounced' | 'complained' | 'paused' | 'none';

/** True when the report counts towards a pause. */
export const isSoft = ({ kind, deliveryClass, isFinal }: NewDeliveryReport): boolean =>
  kind === 'bounce' && isFinal && SOFT_CLASSES.some((soft) => soft === deliveryClass);

/**
 * Takes a person off the list for a complaint and for a final hard bounce, and for nothing else.
 * @param soft the person's soft bounces in the window, this one among them
 */
export const consequenceOf = (report: NewDeliveryReport, soft: SoftBounces): Consequence => {
  if (report.kind === 'complaint') return 'complained';
  if (report.isFinal && report.deliveryClass !== null && isHard(report.deliveryClass)) return 'bounced';
  return isSoft(report) && soft.bounces >= SOFT_LIMIT && soft.broadcasts >= SOFT_BROADCASTS ? 'paused' : 'none';
};
