import type { EventInput } from '@fullcalendar/react';
import { capGroups, type MoreGroups } from './cap-groups.ts';
import { type CalendarGroup, canMove } from './groups.ts';
import type { CalendarViewName } from './place.ts';
import { wallClock } from '../ui/wall-time.ts';

/** What an event of the calendar library stands for. */
export type Line = { readonly group: CalendarGroup } | { readonly more: MoreGroups };

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const HOUR_LENGTH = 'YYYY-MM-DDTHH'.length;

/** Most lines of a place, and how much of the wall time names it. */
const CAPS: Readonly<Record<CalendarViewName, { readonly most: number; readonly length: number }>> = {
  month: { most: 5, length: DAY_LENGTH },
  week: { most: 2, length: HOUR_LENGTH },
  agenda: { most: 30, length: DAY_LENGTH },
};

const MINUTE_MS = 60_000;
const MOST_MINUTES = 30;
const MINUTES_A_DAY = 1_440;

/** A post has no length; a line of the week has one, to be seen by, within its day: else it stood on the next one, too. */
const endOf = (at: string, view: CalendarViewName, wall: (iso: string) => string): string => {
  const [hours = 0, minutes = 0] = wall(at)
    .slice(DAY_LENGTH + 1)
    .split(':')
    .map(Number);
  const left = MINUTES_A_DAY - hours * 60 - minutes;
  const lengthMs = view === 'week' ? (Math.min(MOST_MINUTES, left) - 1) * MINUTE_MS + 1 : 1;
  return new Date(Date.parse(at) + lengthMs).toISOString();
};

/** Events of a view: bounded in number, so that drawing them takes the same time in the busiest month. */
export const toEvents = (
  groups: readonly CalendarGroup[],
  { view, zone, mayMove }: { readonly view: CalendarViewName; readonly zone: string; readonly mayMove: boolean },
): EventInput[] => {
  const { most, length } = CAPS[view];
  const wall = wallClock(zone);
  const { shown, more } = capGroups(groups, { most, placeOf: ({ at }) => wall(at).slice(0, length) });
  const lines = shown.map((group, rank) => ({
    id: group.key,
    title: group.caption,
    start: group.at,
    end: endOf(group.at, view, wall),
    editable: mayMove && canMove(group),
    extendedProps: { line: { group }, rank },
  }));
  const ends = more.map((rest) => ({
    id: `more ${rest.key}`,
    title: '',
    start: rest.at,
    end: endOf(rest.at, view, wall),
    editable: false,
    extendedProps: { line: { more: rest }, rank: groups.length },
  }));
  return [...lines, ...ends];
};

/** What the library's event stands for. */
export const lineOf = (event: { readonly extendedProps: object }): Line => (event.extendedProps as { line: Line }).line;
