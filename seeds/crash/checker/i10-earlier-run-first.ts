import { openSpans } from './open-spans.ts';
import type { History, Violation } from './rows.ts';

/** I10: nothing of a post is sent on an account while another run of it there is open. */
export const earlierRunFirst = (history: History): readonly Violation[] => {
  const spansOf = Map.groupBy(openSpans(history), ({ attempt }) => `${attempt.postId}|${attempt.accountId}`);
  const fromJournal = [...spansOf.values()].flatMap((spans) =>
    spans.flatMap(({ attempt }) => {
      const sentAt = attempt.commitStartedAt;
      const other = spans.find(
        (span) =>
          sentAt !== null && span.attempt.targetId !== attempt.targetId && span.from < sentAt && sentAt < span.until,
      );
      return other ? [[attempt.targetId, other.attempt.targetId]] : [];
    }),
  );
  const seen = history.snapshots.flatMap(({ open }) =>
    [...Map.groupBy(open, (row) => `${row.postId}|${row.accountId}`).values()]
      .filter((tries) => tries.length > 1)
      .map((tries) => tries.map(({ targetId }) => targetId)),
  );
  const broken = new Map([...fromJournal, ...seen].map((ids) => [ids.toSorted().join(), ids]));
  return [...broken.values()].map((ids) => ({
    invariant: 'I10',
    ids,
    sentence: 'A run was sent on an account while another run of the same post was open there.',
  }));
};
