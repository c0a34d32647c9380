import {
  recurrenceOccurrencesChange,
  recurrenceOccurrencesList,
  targetBatchesShift,
} from '../api/generated/sdk.gen.ts';
import type { RecurrenceOccurrenceDto } from '../api/generated/types.gen.ts';
import { type CalendarGroup, isWaiting, settledTargets, waitingTargets } from './groups.ts';
import { wallShift, wallTime } from '../ui/wall-time.ts';

/** A move that happened. */
export interface MovedRun {
  /** Where it is now: seconds stay, and clocks may skip the time it was sent to. */
  readonly at: string;
  /** Ids of targets on the line that stay at the old time: being published already, or over. */
  readonly stays: readonly string[];
  /** Moves back what was moved. */
  readonly undo: () => Promise<{ readonly stays: readonly string[] }>;
}

const SECOND_MS = 1_000;

const aroundSecond = (at: string) => ({
  from: new Date(Date.parse(at) - SECOND_MS).toISOString(),
  to: new Date(Date.parse(at) + SECOND_MS).toISOString(),
});

/** Everything on the line is being published already; the server leaves that alone without a refusal. */
export class TooLate extends Error {}

const shiftTargets = async (targetIds: string[], { from, to, zone }: { from: string; to: string; zone: string }) => {
  const { data } = await targetBatchesShift({ body: { targetIds, by: wallShift(from, to, zone) } });
  if (data.changed === 0) throw new TooLate();
  return { items: data.items, stays: data.leftAlone };
};

const moveTargets = async (group: CalendarGroup, to: string): Promise<MovedRun> => {
  const { at, zone } = group;
  const targetIds = waitingTargets(group).map(({ id }) => id);
  const { items, stays } = await shiftTargets(targetIds, { from: at, to, zone });
  const now = items[0]?.to ?? to;
  const moved = items.map(({ targetId }) => targetId);
  const undo = () => shiftTargets(moved, { from: now, to: at, zone });
  return { at: now, stays: [...settledTargets(group), ...stays], undo };
};

/** The run of a recurring post that a line shows; what the rule calls it, and where it was moved before. */
export const findOccurrence = async ({
  at,
  entries: [entry],
}: CalendarGroup): Promise<RecurrenceOccurrenceDto | undefined> => {
  const path = { id: entry.postId ?? '' };
  const { data } = await recurrenceOccurrencesList({
    path,
    query: { ...aroundSecond(at), limit: 100 },
  });
  return data.items.find(({ occurrenceId, localTime }) =>
    entry.occurrenceId === undefined ? localTime === entry.localTime : occurrenceId === entry.occurrenceId,
  );
};

/** Targets of a planned run that no change reaches any more. */
const staysOf = ({ targets = [] }: RecurrenceOccurrenceDto): string[] =>
  targets.filter(({ status }) => !isWaiting(status)).map(({ id }) => id);

const moveOccurrence = async (group: CalendarGroup, to: string): Promise<MovedRun> => {
  const found = await findOccurrence(group);
  // Moved on its own before, or its rule is gone: it moves as any target does.
  if (!found) return moveTargets(group, to);
  const path = { id: group.entries[0].postId ?? '', localTime: found.localTime };
  const move = (movedTo: string | null) => recurrenceOccurrencesChange({ path, body: { movedTo } });
  const { data } = await move(wallTime(to, group.zone));
  const undo = async () => ({ stays: staysOf((await move(found.movedTo ?? null)).data) });
  return { at: data.at, stays: staysOf(data), undo };
};

/**
 * Moves what waits on a line to another time.
 * @param to ISO instant
 * @throws TooLate, Problem why it stays where it is
 */
export const moveRun = (group: CalendarGroup, to: string): Promise<MovedRun> =>
  group.entries[0].source === 'rrule' ? moveOccurrence(group, to) : moveTargets(group, to);
