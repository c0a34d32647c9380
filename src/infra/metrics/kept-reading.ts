/** However often somebody asks, the database is asked once in this time. */
const FRESH_MS = 5_000;

/** @returns reads at most once in five seconds; who asks in between gets the same answer, or the same failure */
export const keptReading = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let kept: Promise<T> | undefined;
  let readMs = -Infinity;
  return () => {
    const now = performance.now();
    if (kept === undefined || now - readMs >= FRESH_MS) {
      readMs = now;
      kept = read();
    }
    return kept;
  };
};
