import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { EventFilter, EventLog } from '../world/event-log.js';
import { EVENT_NAMES } from '../world/event-log.js';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Long poll: answers when the next matching event happens, `{happened: true, seq, ...}`, or `{happened: false, seq}`
 * after `timeoutMs`. `after` (a `seq`) also counts events since then, so that none is missed between two waits.
 */
export const waitFor = async (events: EventLog, body: Readonly<Record<string, unknown>>): Promise<Reply> => {
  const { event, after, timeoutMs } = body;
  if (!EVENT_NAMES.some((name) => name === event)) return json(400, { error: `event: ${EVENT_NAMES.join(' ')}` });
  const timeout = typeof timeoutMs === 'number' ? timeoutMs : DEFAULT_TIMEOUT_MS;
  const filter = body as unknown as EventFilter;
  const found = await events.next(filter, typeof after === 'number' ? after : undefined, timeout);
  return json(200, found ? { happened: true, ...found } : { happened: false, seq: events.seq });
};
