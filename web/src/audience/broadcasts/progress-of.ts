export const FATES = ['accepted', 'deferred', 'failed', 'unknown', 'suppressed'] as const;
export type Fate = (typeof FATES)[number];

export type Progress = Readonly<Record<Fate, number>> & {
  /** Not tried yet, or being tried at this moment. */
  readonly waiting: number;
  /** Whose fate is settled; `deferred` is tried again. */
  readonly settled: number;
  readonly total: number;
};

const countOf = (counts: Readonly<Record<string, unknown>>, state: string): number => {
  const count = counts[state];
  return typeof count === 'number' ? count : 0;
};

/** Recipients by what became of them. States that are on their way (`pending claimed handed`) are one. */
export const progressOf = (counts: Readonly<Record<string, unknown>>, recipients: number): Progress => {
  const [accepted, deferred, failed, unknown, suppressed] = FATES.map((fate) => countOf(counts, fate)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const settled = accepted + failed + unknown + suppressed;
  const waiting = Math.max(0, recipients - settled - deferred);
  return { accepted, deferred, failed, unknown, suppressed, settled, waiting, total: recipients };
};

const WHOLE = 100;

/** Widths of a bar in percent, in the order of {@link FATES}; together at most 100. */
export const sharesOf = (progress: Progress): readonly (readonly [Fate, number])[] =>
  FATES.map((fate) => [fate, progress.total === 0 ? 0 : (progress[fate] / progress.total) * WHOLE]);
