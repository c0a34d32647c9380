import { type AttemptRow, type History, OPEN_STATES } from './rows.ts';

/** From when until when a try was open for sending: its intent to the event that closed it. */
export interface OpenSpan {
  readonly attempt: AttemptRow;
  readonly from: number;
  readonly until: number;
}

const WITH_OPEN_TRY: readonly string[] = ['publishing', 'unconfirmed'];

/** Spans of all tries that had an intent; the history of their targets says when each ended. */
export const openSpans = ({ attempts, intents, events }: History): readonly OpenSpan[] => {
  const intentAt = new Map(
    intents
      .filter(({ takenBy }) => takenBy === 'publish')
      .map((row) => [`${row.targetId}|${row.version}|${row.fence}`, row.at]),
  );
  const eventsOf = Map.groupBy(events, ({ targetId }) => targetId);
  return attempts.flatMap((attempt) => {
    const from = intentAt.get(`${attempt.targetId}|${attempt.version}|${attempt.fence}`) ?? attempt.commitStartedAt;
    if (from === null) return [];
    const isOpen = OPEN_STATES.includes(attempt.state);
    const closing = (eventsOf.get(attempt.targetId) ?? [])
      .toSorted((a, b) => a.seq - b.seq)
      .find((event) => event.at >= from && !WITH_OPEN_TRY.includes(event.to));
    // A try that never came as far as `publishing` is closed without an event of its own.
    const ended = attempt.commitStartedAt === null ? (attempt.outcomeAt ?? closing?.at) : closing?.at;
    return [{ attempt, from, until: isOpen ? Infinity : (ended ?? attempt.outcomeAt ?? from) }];
  });
};
