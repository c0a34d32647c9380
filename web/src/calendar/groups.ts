import type { CalendarEntryDto } from '../api/generated/types.gen.ts';
import type { State } from '../ui/state-badge.tsx';
import type { PlatformName } from '../ui/platforms.ts';

/** A target's state, or what has none yet. */
export type GroupState = State | 'forecast' | 'empty';

/** What stands on one line of the calendar: the targets of one post at one time, a run to come, or an empty slot. */
export interface CalendarGroup {
  /** The same for the same post at the same time. */
  readonly key: string;
  readonly kind: CalendarEntryDto['kind'];
  /** ISO instant. */
  readonly at: string;
  readonly zone: string;
  readonly caption: string;
  /** That of the target that wants a person's look most. */
  readonly state: GroupState;
  readonly platforms: readonly PlatformName[];
  readonly entries: readonly [CalendarEntryDto, ...CalendarEntryDto[]];
}

/** First what wants a look most. */
const BY_URGENCY: readonly string[] = [
  'needs_decision',
  'failed',
  'missed',
  'unconfirmed',
  'held',
  'publishing',
  'rerouted',
  'scheduled',
  'draft',
  'published',
  'cancelled',
];

const URGENT = new Set<GroupState>(['needs_decision', 'failed', 'missed', 'unconfirmed']);

/** Whether a person should look. */
export const isUrgent = ({ state }: Pick<CalendarGroup, 'state'>): boolean => URGENT.has(state);

const keyOf = ({ kind, postId, at, zone, id }: CalendarEntryDto): string =>
  kind === 'target' ? `${postId} ${at} ${zone}` : id;

const stateOf = (entries: readonly CalendarEntryDto[]): GroupState => {
  const [first] = entries;
  if (first?.kind !== 'target') return first?.kind ?? 'empty';
  const states = entries.map(({ status = 'scheduled' }) => status);
  return (BY_URGENCY.find((state) => states.includes(state)) ?? 'scheduled') as State;
};

/** @param platformOf the platform of an account, where it is known */
const platformsOf = (
  entries: readonly CalendarEntryDto[],
  platformOf: (accountId: string) => PlatformName | undefined,
): PlatformName[] => {
  const names = entries.flatMap(({ platform, accountIds = [] }) =>
    platform ? [platform] : accountIds.map(platformOf),
  );
  return [...new Set(names.filter((name) => name !== undefined))];
};

/** Lines of the calendar in the order of its entries. */
export const groupEntries = (
  entries: readonly CalendarEntryDto[],
  platformOf: (accountId: string) => PlatformName | undefined,
): CalendarGroup[] => {
  const groups = Map.groupBy(entries, keyOf);
  return [...groups].map(([key, all]) => {
    const [first, ...others] = all as [CalendarEntryDto, ...CalendarEntryDto[]];
    const { kind, at, zone, caption = '' } = first;
    const platforms = platformsOf(all, platformOf);
    return { key, kind, at, zone, caption, state: stateOf(all), platforms, entries: [first, ...others] };
  });
};

const WAITING = new Set(['scheduled', 'held']);

/** Whether a target can still be moved or taken out. */
export const isWaiting = (status = ''): boolean => WAITING.has(status);

/** Targets that can still be moved or taken out. */
export const waitingTargets = ({ entries }: CalendarGroup): CalendarEntryDto[] =>
  entries.filter(({ kind, status }) => kind === 'target' && isWaiting(status));

/** Ids of those that no change reaches: being published already, or over. */
export const settledTargets = ({ entries }: CalendarGroup): string[] =>
  entries
    .filter(({ kind, status }) => kind === 'target' && !isWaiting(status) && status !== 'cancelled')
    .map(({ id }) => id);

/** A run of a recurring post that is only foreseen can be moved too: its name is known. */
export const canMove = (group: CalendarGroup): boolean =>
  waitingTargets(group).length > 0 || (group.kind === 'forecast' && group.entries[0].source === 'rrule');
