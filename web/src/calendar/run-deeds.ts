import {
  calendarLock,
  calendarUnlock,
  postActionsRun,
  recurrenceOccurrencesChange,
  targetBatchesCancel,
} from '../api/generated/sdk.gen.ts';
import type { ChangeOccurrenceDto, RecurrenceOccurrenceDto } from '../api/generated/types.gen.ts';
import { type CalendarGroup, waitingTargets } from './groups.ts';
import { findOccurrence, TooLate } from './move-run.ts';

const postIdOf = ({ entries: [{ postId = '' }] }: CalendarGroup): string => postId;

export const isRecurring = ({ entries: [{ source }] }: CalendarGroup): boolean => source === 'rrule';

/** @throws TooLate when its rule does not know the run any more */
export const readOccurrence = async (group: CalendarGroup): Promise<RecurrenceOccurrenceDto> => {
  const found = await findOccurrence(group);
  if (!found) throw new TooLate();
  return found;
};

/**
 * Changes one run of a recurring post.
 * @throws TooLate when its rule does not know it any more
 */
export const changeOccurrence = async (group: CalendarGroup, body: ChangeOccurrenceDto): Promise<void> => {
  const found = await readOccurrence(group);
  const path = { id: postIdOf(group), localTime: found.localTime };
  await recurrenceOccurrencesChange({ path, body });
};

/**
 * Leaves one run of a recurring post out.
 * @returns brings it back
 */
export const skipOccurrence = async (group: CalendarGroup): Promise<() => Promise<unknown>> => {
  const found = await readOccurrence(group);
  const path = { id: postIdOf(group), localTime: found.localTime };
  const skip = (skipped: boolean) => recurrenceOccurrencesChange({ path, body: { skipped } });
  await skip(true);
  return () => skip(false);
};

/** Keeps a run as it is, whatever its queue or rule becomes; or lets it follow them again. */
export const setLocked = async (group: CalendarGroup, locked: boolean): Promise<void> => {
  if (isRecurring(group)) return changeOccurrence(group, { locked });
  const path = { id: group.entries[0].occurrenceId ?? '' };
  await (locked ? calendarLock : calendarUnlock)({ path });
};

/**
 * @returns ids of targets that it came too late for
 * @throws TooLate when everything is being published already
 */
export const cancelRun = async (group: CalendarGroup): Promise<readonly string[]> => {
  const targetIds = waitingTargets(group).map(({ id }) => id);
  const { data } = await targetBatchesCancel({ body: { targetIds } });
  if (data.changed === 0) throw new TooLate();
  return data.leftAlone;
};

/** Another run of an evergreen post at once, on the same accounts. */
export const runOnceMore = async (group: CalendarGroup): Promise<void> => {
  const accountIds = [...new Set(group.entries.flatMap(({ accountIds: ids = [] }) => ids))];
  const body = { publishNow: true, targets: accountIds.map((accountId) => ({ accountId })) };
  await postActionsRun({ path: { id: postIdOf(group) }, body });
};
