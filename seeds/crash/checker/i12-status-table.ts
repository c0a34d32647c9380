import type { EventRow, History, Violation } from './rows.ts';

/**
 * The table of the design, written down a second time. From `''` a target begins. Without what only hand-offs and a
 * restored database may do: neither happens in these runs.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  '': ['draft', 'scheduled'],
  draft: ['scheduled', 'cancelled'],
  scheduled: ['publishing', 'held', 'rerouted', 'missed', 'cancelled'],
  // Published: what was overdue is looked for before it is sent, and may be found live.
  held: ['scheduled', 'rerouted', 'missed', 'cancelled', 'needs_decision', 'published'],
  publishing: ['published', 'unconfirmed', 'scheduled', 'held', 'rerouted', 'failed'],
  unconfirmed: ['published', 'needs_decision', 'scheduled', 'rerouted', 'missed', 'failed'],
  needs_decision: ['published', 'scheduled', 'rerouted', 'missed', 'cancelled'],
  published: [],
  rerouted: ['published'],
  missed: ['scheduled', 'published'],
  failed: ['scheduled', 'published'],
  cancelled: ['published'],
};

/** I12: status changes only by the table; a target's history has no gaps and ends in its status. */
export const statusTable = ({ targets, events }: History): readonly Violation[] => {
  const eventsOf = Map.groupBy(events, ({ targetId }) => targetId);
  return targets.flatMap(({ id, status }) => {
    const history = (eventsOf.get(id) ?? []).toSorted((a, b) => a.seq - b.seq);
    const fault = faultOf(history) ?? (history.at(-1)?.to === status ? undefined : `it is ${status} without an event`);
    return fault === undefined ? [] : [{ invariant: 'I12', ids: [id], sentence: `Its history is wrong: ${fault}.` }];
  });
};

const faultOf = (history: readonly EventRow[]): string | undefined => {
  for (const [index, { seq, from, to }] of history.entries()) {
    if (seq !== index + 1) return `event ${index + 1} is missing`;
    if ((from ?? '') !== (history[index - 1]?.to ?? '')) return `event ${seq} begins at ${from ?? 'nothing'}`;
    if (from !== to && !ALLOWED[from ?? '']?.includes(to)) return `${from ?? 'nothing'} never becomes ${to}`;
  }
  return history.length === 0 ? 'it has none' : undefined;
};
