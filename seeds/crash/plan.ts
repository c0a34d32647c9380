/** Moments of a worker's life at which it may be killed, in the order of a publish. */
export const NAMED_STEPS = [
  'before-arm',
  'after-arm',
  'before-intend',
  'after-intend',
  'before-mark-publishing',
  'after-mark-publishing',
  'before-save-resume',
  'after-save-resume',
  'before-begin-call',
  'after-begin-call',
  'call-sent',
  'call-answered',
  'before-settle',
  'inside-settle',
  'after-settle',
  'reconcile-claimed',
  'reconcile-looked',
  'inherit-intended',
  'inherit-taken',
  'takeover-found',
  'takeover-released',
] as const;
export type NamedStep = (typeof NAMED_STEPS)[number];

/** What one life of a worker has before it. */
export interface LifePlan {
  readonly step: NamedStep;
  /** At which of its passages. */
  readonly nth: number;
  /** `kill`: -9, there. `stall`: it stands still there while it is cut off and taken over, then goes on. */
  readonly action: 'kill' | 'stall';
  /** `call-sent`: how long after the request began; `stall`: how long it stands. */
  readonly afterMs: number;
  /** Steps of this process's own clock. */
  readonly clock: readonly { readonly atMs: number; readonly stepMs: number }[];
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** At least one kill per so many targets. */
const TARGETS_PER_KILL = 25;

/** The fewest kills a run of so many targets must have met. */
export const leastKills = (targets: number): number => Math.ceil(targets / TARGETS_PER_KILL);

const STALL_MS = 5_000;
/** Where a worker that was cut off must find out by itself that its lease is gone. */
const STALLED_AT: readonly NamedStep[] = ['before-begin-call', 'before-settle', 'before-mark-publishing'];
/** Of the run's time: what is written by a clock ahead must wait for the others. */
const CLOCK_STEP_MS = 90 * 60_000;

/** One plan for each life to come, every named step at least once unless the run is too short for it. */
export const planLives = (
  random: () => number,
  { targets, timeScale }: { readonly targets: number; readonly timeScale: number },
): readonly LifePlan[] => {
  const kills = Math.max(targets >= 200 ? NAMED_STEPS.length : 3, leastKills(targets));
  const steps = shuffled(NAMED_STEPS, random).slice(0, kills);
  const stalls = shuffled(STALLED_AT, random).slice(0, targets >= 200 ? STALLED_AT.length : 1);
  const lives = [
    ...steps.map((step) => ({
      step,
      action: 'kill' as const,
      nth: nthOf(step, random),
      afterMs: Math.floor(random() * 30),
    })),
    ...stalls.map((step) => ({ step, action: 'stall' as const, nth: 2 + Math.floor(random() * 4), afterMs: STALL_MS })),
  ];
  return shuffled(lives, random).map((life) => ({ ...life, clock: clockSteps(random, CLOCK_STEP_MS / timeScale) }));
};

/** Some happen hundreds of times in a life, some once. */
const nthOf = (step: NamedStep, random: () => number): number =>
  /^(takeover|inherit)/.test(step) ? 1 : 1 + Math.floor(random() * 6);

const clockSteps = (random: () => number, stepMs: number): LifePlan['clock'] =>
  random() < 0.5
    ? []
    : [
        { atMs: 1_000 + Math.floor(random() * 6_000), stepMs: random() < 0.5 ? stepMs : -stepMs },
        { atMs: 12_000 + Math.floor(random() * 10_000), stepMs: 0 },
      ];

export const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
