import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** A day of the calendar without a zone, `YYYY-MM-DD`; in a queue always a day of the queue's zone. */
export type LocalDate = string;

/** A day of every year, `MM-DD`. */
export type DayOfYear = string;

/** Monday is 1, Sunday 7 (ISO 8601). */
export type IsoDay = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Which of the posts that may return takes a slot. `oldest`: the one that rested longest, new ones first. `shuffled`:
 * about a lap apart, in an order that the seed draws anew each lap. `weighted`: as often as its weight says.
 * `priority`: the highest priority, of equals the one that rested longest.
 */
export const QUEUE_ORDERS = ['oldest', 'shuffled', 'weighted', 'priority'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

/** One weekly time of a queue. */
export interface Slot {
  readonly id: string;
  readonly isoDay: IsoDay;
  /** `HH:MM` on the clocks of the queue's zone, 00:00 to 23:59. */
  readonly time: string;
  /** A post of any of these fits; none: every post fits. */
  readonly categories: readonly string[];
}

/** Days of the calendar, both ends included. */
export interface DateRange {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** For the reader, for example "office party". */
  readonly name?: string;
}

/** Days of every year, both ends included; `from` after `until` runs over New Year. */
export interface Season {
  readonly from: DayOfYear;
  readonly until: DayOfYear;
}

/** An account that a queue publishes on. */
export interface QueueAccount {
  readonly id: string;
  readonly platform: PlatformName;
  /** A person paused it: it is left out, the others go on. */
  readonly isPaused?: boolean;
}

/** What a person says of a queue, beside its slots and accounts. */
export interface QueueRules {
  /** IANA name, known to exist. */
  readonly zone: string;
  readonly order: QueueOrder;
  /** Draws the order of `shuffled` and breaks ties of `weighted`; any integer. */
  readonly seed: number;
  /** With `weighted`: past views raise or lower a weight, by half to double. */
  readonly weighsViews: boolean;
  /** Least time between two targets on one account, whatever planned them; 0 for none. */
  readonly minGapSeconds: number;
  /** Most targets on one account on one day of the queue's zone, whatever planned them; absent: no cap. */
  readonly dailyCap?: number;
  /** Days on which nothing is planned. */
  readonly blackouts: readonly DateRange[];
  /** The parts of the year in which the queue runs; none: all year. */
  readonly seasons: readonly Season[];
}

/** A weekly timetable that evergreen posts fill. One place (slot and day) is one run of one post on all its accounts. */
export interface Queue extends QueueRules {
  readonly id: string;
  readonly accounts: readonly QueueAccount[];
  readonly slots: readonly Slot[];
  readonly isPaused: boolean;
}

export const GAP_UNITS = ['day', 'week', 'month'] as const;
export type GapUnit = (typeof GAP_UNITS)[number];

/** How a post returns, its own wishes laid over those of its categories. */
export interface Recycling {
  /** Least distance of two runs anywhere, on the calendar of the queue's zone (a month is a month, 31 or 28 days). */
  readonly gap?: { readonly count: number; readonly unit: GapUnit };
  /** Least days between two runs on one account of the platform; absent: the platform's default. */
  readonly cooldownDays: Readonly<Partial<Record<PlatformName, number>>>;
  /** First and last day on which it may run. */
  readonly startDate?: LocalDate;
  readonly expireDate?: LocalDate;
  /** Most runs in its life. */
  readonly expireCount?: number;
  /** How many wordings it has, 1 at least; a run has one of 0 .. variations - 1. */
  readonly variations: number;
}

/** One run of a post that is known one by one: all that are still to come, and any that were. */
export interface ItemRun {
  readonly at: Date;
  readonly variation: number;
  /** Where it is planned or live. */
  readonly accountIds: readonly string[];
  /** Of a run that is made, not only planned. */
  readonly occurrenceId?: string;
}

/** The runs of a post that are over, in sum. Runs lost to an outage are left out (see `settleRuns`). */
export interface PastRuns {
  readonly count: number;
  readonly lastAt?: Date;
  readonly lastVariation?: number;
  /** When it last went live on an account; absent accounts: never. */
  readonly lastOn: ReadonlyMap<string, Date>;
}

/** How a post did on a platform. Runs whose counters are suspect are left out. */
export interface PastViews {
  readonly platform: PlatformName;
  /** Mean views of a run. */
  readonly mean: number;
  /** Runs behind the mean, 1 at least. */
  readonly runs: number;
}

/** An evergreen post that is neither paused nor deleted. */
export interface EvergreenItem {
  readonly postId: string;
  readonly categories: readonly string[];
  /** Higher goes first with order `priority`; 0 by default. */
  readonly priority: number;
  /** With order `weighted`: 2 runs twice as often as 1; above 0. */
  readonly weight: number;
  readonly createdAt: Date;
  readonly recycling: Recycling;
  /** The parts of the year in which it may run; none: all year. */
  readonly seasons: readonly Season[];
  /** The accounts whose platform takes it; absent: all of the queue. */
  readonly fitsOn?: readonly string[];
  readonly past: PastRuns;
  readonly runs: readonly ItemRun[];
  readonly views: readonly PastViews[];
}

/** One slot on one day. */
export interface PlaceKey {
  readonly slotId: string;
  readonly localDate: LocalDate;
}

/** What is there already. */
export interface Taken {
  /** Places of this queue that carry a run already, or that a person skipped: the plan is silent about them. */
  readonly places: readonly PlaceKey[];
  /** Every target on the queue's accounts from a day before the span to a day after, whatever planned it. */
  readonly targets: readonly { readonly accountId: string; readonly at: Date; readonly postId?: string }[];
}

/** Instants from `from` on and before `until`. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** One run to be. */
export interface PlannedPlace extends PlaceKey {
  readonly at: Date;
  readonly postId: string;
  readonly variation: number;
  /** At least one, in the order of the queue. */
  readonly accountIds: readonly string[];
  /** Accounts of the queue that do not take part, each with the reason as a sentence. */
  readonly leftOut: readonly { readonly accountId: string; readonly why: string }[];
  /** Why this post, as a sentence for a person. */
  readonly why: string;
}

/**
 * Why a place stays empty. `none_fits`: no post of its categories at all. `none_rested`: there are some, none may return
 * yet. `accounts_busy`: cap or minimum gap of every account. `clock_change`: clocks moved it onto another slot.
 */
export const EMPTY_CODES = [
  'paused',
  'blackout',
  'out_of_season',
  'clock_change',
  'no_account',
  'accounts_busy',
  'none_fits',
  'none_rested',
] as const;
export type EmptyCode = (typeof EMPTY_CODES)[number];

export interface EmptyPlace extends PlaceKey {
  readonly at: Date;
  readonly code: EmptyCode;
  /** A sentence for a person. */
  readonly why: string;
}

/** Both in order of time. */
export interface QueuePlan {
  readonly planned: readonly PlannedPlace[];
  readonly empty: readonly EmptyPlace[];
}
