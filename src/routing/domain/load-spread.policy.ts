import { DAY_MS, HOUR_MS, MINUTE_MS, scaledMs, type TimeScale } from '../../kernel/durations.js';

/** What a fallback takes over at first, above its usual hour; ratio. Source: design section 6. */
export const FIRST_SHARE = 0.25;
/** What each later step adds, while nothing goes wrong there; ratio. Source: `resilience.md` A3. */
const SHARE_STEP = 0.25;

/**
 * Posts an hour that any account is believed used to. Without it a new account, or a quiet one, could take over nothing;
 * with it, it takes one post an hour at first, and more as the steps add up.
 */
export const LEAST_USUAL_HOUR = 4;

/** Part of the posts taken over that may meet trouble before the share stops growing: twice a baseline of 5 %. */
const TROUBLE_LIMIT = 2 * 0.05;

/** Spans of the load spread, milliseconds. */
export interface LoadTiming {
  readonly hourMs: number;
  readonly dayMs: number;
  /** So long the first share holds. */
  readonly steadyMs: number;
  /** Between two steps after that. */
  readonly stepMs: number;
}

/** Design section 6 and `resilience.md` A3 under a time scale. */
export const loadTiming = (scale: TimeScale): LoadTiming => ({
  hourMs: scaledMs(HOUR_MS, scale),
  dayMs: scaledMs(DAY_MS, scale),
  steadyMs: scaledMs(10 * MINUTE_MS, scale),
  stepMs: scaledMs(5 * MINUTE_MS, scale),
});

/** What an account carries of its own, and what it took over from others. */
export interface FallbackLoad {
  /**
   * Posts planned for the account itself in the hour that ends now: the most of today and the seven days before at the
   * same time of day. Count.
   */
  readonly usualHour: number;
  /** When it publishes, or published, what it took over: of the last day and of what is to come, earliest first. */
  readonly takenAt: readonly Date[];
  /** Of those of the last hour: failed, tried in vain, or in doubt. */
  readonly troubledCount: number;
  /** A person posts there: our pace does not concern them, a cap that a person set does. */
  readonly byHand?: boolean;
}

/** An account nobody has seen do anything. */
export const NO_LOAD: FallbackLoad = { usualHour: 0, takenAt: [], troubledCount: 0 };

/** Why an account takes over nothing more: its hour is full, or the route's `maxExtraPerDay`. */
export type FullBecause = 'hour' | 'day';

/** One more post for an account. */
export interface LoadQuestion {
  /** When it would go out there. */
  readonly at: Date;
  /** The route's cap; absent: none. */
  readonly maxExtraPerDay?: number | undefined;
  /** Given to the account in this very round, and not yet in its load. */
  readonly givenCount?: number;
}

/** Whether an account takes over one more post; undefined: it does. Pure: the same load and instant, the same answer. */
export const fullBecause = (
  load: FallbackLoad,
  { at, maxExtraPerDay, givenCount = 0 }: LoadQuestion,
  timing: LoadTiming,
): FullBecause | undefined => {
  const within = (ms: number) => load.takenAt.filter((taken) => Math.abs(taken.getTime() - at.getTime()) < ms).length;
  if (maxExtraPerDay !== undefined && within(timing.dayMs) + givenCount >= maxExtraPerDay) return 'day';
  if (load.byHand) return undefined;
  return within(timing.hourMs) + givenCount >= extraPerHour(load, at, timing) ? 'hour' : undefined;
};

/** Posts of others an account takes in an hour; integer >= 1. */
export const extraPerHour = (load: FallbackLoad, at: Date, timing: LoadTiming): number =>
  Math.floor(shareOf(load, at, timing) * Math.max(load.usualHour, LEAST_USUAL_HOUR));

/** The share of its usual hour that it takes on top: grows with the time it has done so without trouble. */
const shareOf = (load: FallbackLoad, at: Date, timing: LoadTiming): number => {
  const began = episodeStart(load.takenAt, at, timing.hourMs);
  if (!began || isTroubled(load, at, timing)) return FIRST_SHARE;
  const steadyMs = at.getTime() - began.getTime() - timing.steadyMs;
  return steadyMs < 0 ? FIRST_SHARE : FIRST_SHARE + SHARE_STEP * (1 + Math.floor(steadyMs / timing.stepMs));
};

/** When it began to take over without a pause of an hour; undefined: it has not in the last hour. */
const episodeStart = (takenAt: readonly Date[], at: Date, hourMs: number): Date | undefined => {
  let began: Date | undefined;
  for (const taken of takenAt.filter((one) => one <= at).toReversed()) {
    if ((began ?? at).getTime() - taken.getTime() > hourMs) break;
    began = taken;
  }
  return began;
};

const isTroubled = ({ takenAt, troubledCount }: FallbackLoad, at: Date, { hourMs }: LoadTiming): boolean => {
  const ofLastHour = takenAt.filter((taken) => taken <= at && at.getTime() - taken.getTime() < hourMs).length;
  return troubledCount > TROUBLE_LIMIT * ofLastHour;
};
