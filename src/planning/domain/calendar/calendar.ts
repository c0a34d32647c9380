import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { EmptyCode } from '../queues/queue.js';

/** Longest stretch of the calendar, in days; two leap years. */
export const MAX_SPAN_DAYS = 732;
/** Furthest day of a forecast, from now. */
export const MAX_AHEAD_DAYS = 732;

/** Where an entry is in a timetable; absent for what a person planned. */
export interface CalendarPlace {
  readonly queueId: string;
  readonly slotId: string;
  /** A day of the queue's zone, `YYYY-MM-DD`. */
  readonly localDate: string;
}

/** Most UTF-16 units of a caption that the calendar tells. */
export const EXCERPT_LENGTH = 120;

/** The beginning of a post's title or else caption, cut at a whole character. */
export const excerptOf = ({
  title,
  caption,
}: {
  readonly title?: string | undefined;
  readonly caption: string;
}): string => {
  const words = (title === undefined || title === '' ? caption : title).slice(0, EXCERPT_LENGTH);
  return words.isWellFormed() ? words : words.slice(0, -1);
};

/** A target: planned, on its way, or over. */
export interface CalendarTarget {
  readonly kind: 'target';
  readonly at: Date;
  readonly id: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly role: string;
  readonly status: string;
  /** `api`, `queue`, `rrule` or `fill`. */
  readonly source: string;
  readonly variation: number;
  /** As `excerptOf` cuts it, in the words that go out there. */
  readonly caption: string;
  readonly localTime: string;
  readonly zone: string;
  readonly isLocked: boolean;
  readonly place?: CalendarPlace;
  readonly why: string;
}

/** What the planner would make of a place that has no run yet. */
export interface CalendarForecast {
  readonly kind: 'forecast';
  readonly at: Date;
  readonly id: string;
  readonly postId: string;
  readonly accountIds: readonly string[];
  readonly source: 'queue' | 'rrule';
  readonly variation: number;
  /** As `excerptOf` cuts it. */
  readonly caption: string;
  /** The run's name by its rule; absent for a queue's. */
  readonly localTime?: string;
  readonly zone: string;
  readonly place?: CalendarPlace;
  readonly why: string;
}

/** A slot that would stay empty. */
export interface CalendarGap {
  readonly kind: 'empty';
  readonly at: Date;
  readonly id: string;
  readonly code: EmptyCode;
  readonly zone: string;
  readonly place: CalendarPlace;
  readonly why: string;
}

export type CalendarEntry = CalendarTarget | CalendarForecast | CalendarGap;

type Place = Pick<CalendarEntry, 'at' | 'id'>;

/** In order of time, then of id. */
export const byPlace = (one: Place, other: Place): number =>
  one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

const ROLES: Readonly<Record<string, string>> = {
  reroute: 'It stands in for a target whose platform or account was in trouble.',
  catch_up: 'It catches up what another account carried during an outage.',
  fill: 'It fills a free slot during an incident.',
};

const SOURCES: Readonly<Record<string, string>> = {
  api: 'A person or the API planned it.',
  queue: 'A queue planned it.',
  rrule: 'Its rule of recurrence says so.',
  fill: 'It fills a free slot during an incident.',
};

/** Why a target is there, where no plan said it in its own words. */
export const whyThere = ({ role, source }: { readonly role: string; readonly source: string }): string =>
  ROLES[role] ?? SOURCES[source] ?? 'A person or the API planned it.';
