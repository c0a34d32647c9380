import type { CalendarGroup } from './groups.ts';

/** What to show; none of a kind: all. Accounts are asked of the server, the rest is chosen here. */
export interface CalendarFilters {
  readonly account: readonly string[];
  readonly platform: readonly string[];
  readonly queue: readonly string[];
  readonly state: readonly string[];
}

export const FILTER_NAMES = ['account', 'platform', 'queue', 'state'] as const satisfies (keyof CalendarFilters)[];

/** Of no queue. */
export const NO_QUEUE = 'none';

const fits = (wanted: readonly string[], found: readonly string[]): boolean =>
  wanted.length === 0 || found.some((one) => wanted.includes(one));

/** An empty slot is of no platform; who asks about some sees what they have. */
export const filterGroups = (groups: readonly CalendarGroup[], { platform, queue, state }: CalendarFilters) =>
  groups.filter(
    (group) =>
      fits(platform, group.platforms) &&
      fits(queue, [group.entries[0].queueId ?? NO_QUEUE]) &&
      fits(state, [group.state, ...group.entries.flatMap(({ status }) => status ?? [])]),
  );
