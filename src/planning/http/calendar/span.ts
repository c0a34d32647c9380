import type { AskedSpan } from '../../application/calendar/read-calendar.js';
import { spanRefused } from '../../domain/queues/queue.errors.js';
import { parseInstant } from '../../domain/wall-time.js';

/**
 * A span as asked for.
 * @throws DomainError `calendar.bad_span`
 */
export const toSpan = (from: string | undefined, to: string): AskedSpan => ({
  ...(from === undefined ? {} : { from: instantOf('from', from) }),
  until: instantOf('to', to),
});

const instantOf = (field: string, text: string): Date => {
  const at = parseInstant(text);
  if (at) return at;
  throw spanRefused(field, `${field} is no instant that exists. Send one with its offset, like 2026-12-01T10:00:00Z.`);
};
