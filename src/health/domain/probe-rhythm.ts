/** The pace of looks of one kind at one platform, all in ms. */
export interface ProbePace {
  readonly intervalMs: number;
  /** After a first bad look the next ones come so fast. */
  readonly quickMs: number;
  /** Never sooner: the budget. */
  readonly leastMs: number;
  /** Spread around the interval, 0..1, so that instances do not march in step. */
  readonly jitter: number;
}

/** When the next look is due, and whether there is doubt. */
export interface ProbeRhythm {
  readonly nextAtMs: number;
  readonly quickLeft: number;
  readonly wasBad: boolean;
}

/** The first bad look brings so many quick ones: a verdict needs three failures or more. */
const QUICK_PROBES = 3;

export const FIRST_RHYTHM: ProbeRhythm = { nextAtMs: 0, quickLeft: 0, wasBad: false };

export const isProbeDue = ({ nextAtMs }: ProbeRhythm, nowMs: number): boolean => nowMs >= nextAtMs;

/** The rhythm after a look. @param random 0..1 */
export const nextRhythm = (
  { quickLeft, wasBad }: ProbeRhythm,
  { isBad, nowMs, random }: { readonly isBad: boolean; readonly nowMs: number; readonly random: number },
  pace: ProbePace,
): ProbeRhythm => {
  const left = isBad && !wasBad ? QUICK_PROBES : Math.max(0, quickLeft - 1);
  const spread = 1 - pace.jitter + 2 * pace.jitter * random;
  const delayMs = left > 0 ? pace.quickMs : Math.round(pace.intervalMs * spread);
  return { nextAtMs: nowMs + Math.max(pace.leastMs, delayMs), quickLeft: left, wasBad: isBad };
};
