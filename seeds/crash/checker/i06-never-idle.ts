import type { History, Violation } from './rows.ts';

/** The design's figure: longer than this nobody may overlook a due target. */
const LONGEST_MS = 60_000;

/** I6: due and neither leased, held with a deadline, nor queued for more than 60 s: never. */
export const neverIdle = ({ snapshots }: History): readonly Violation[] => {
  const since = new Map<string, number>();
  const broken = new Map<string, number>();
  for (const { at, idle, aliveSince } of snapshots) {
    const now = new Set(idle.map(({ targetId }) => targetId));
    for (const id of since.keys()) if (!now.has(id)) since.delete(id);
    for (const { targetId, dueAt } of idle) {
      // Where no worker lived nobody could take it.
      const from = Math.max(since.get(targetId) ?? Math.max(dueAt, previous(snapshots, at)), aliveSince ?? at);
      since.set(targetId, from);
      if (at - from > LONGEST_MS) broken.set(targetId, at - from);
    }
  }
  return [...broken].map(([id, ms]) => ({
    invariant: 'I6',
    ids: [id],
    sentence: `It was due, and for ${Math.round(ms / 1_000)} s nothing leased, queued or held it.`,
  }));
};

/** It cannot have been idle before the look that did not find it so. */
const previous = (snapshots: History['snapshots'], at: number): number =>
  snapshots.findLast((one) => one.at < at)?.at ?? at;
