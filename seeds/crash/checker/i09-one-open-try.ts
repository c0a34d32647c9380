import { openSpans } from './open-spans.ts';
import type { History, Violation } from './rows.ts';

/** I9: at most one open attempt per target, at every moment that was looked at and by the journal's own times. */
export const oneOpenTry = (history: History): readonly Violation[] => {
  const broken = new Set<string>();
  for (const { open } of history.snapshots)
    for (const [targetId, tries] of Map.groupBy(open, (row) => row.targetId))
      if (tries.length > 1) broken.add(targetId);
  const spansOf = Map.groupBy(openSpans(history), ({ attempt }) => attempt.targetId);
  for (const [targetId, spans] of spansOf) {
    const inOrder = spans.toSorted((a, b) => a.from - b.from);
    const overlap = inOrder.some((span, index) => index > 0 && span.from < (inOrder[index - 1]?.until ?? 0));
    if (overlap) broken.add(targetId);
  }
  return [...broken].map((targetId) => ({
    invariant: 'I9',
    ids: [targetId],
    sentence: 'Two of its tries were open at the same time.',
  }));
};
