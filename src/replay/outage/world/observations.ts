import { KeyIndex } from '../../../kernel/key-index.js';

/** What somebody saw of a platform; the parts of `publish` are told apart because their rates differ. */
export const OBSERVATION_KINDS = ['attempt', 'upload_probe', 'auth_probe', 'refresh', 'read_probe', 'views'] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

interface Place {
  readonly platform: string;
  readonly region: string;
}

/** One of them, ms of the trace's clock. */
export interface Observation {
  /** When it reached us. */
  readonly atMs: number;
  /** Of a counter: when it was read before. */
  readonly sinceMs?: number;
}

/** Of one kind in one place, as columns: a month has millions. Who makes many keeps it. */
export class ObservationLine {
  readonly atMs: number[] = [];
  readonly sinceMs: number[] = [];
  readonly badAtMs: number[] = [];

  /** @param atMs not before any other */
  saw(atMs: number, isBad: boolean, sinceMs?: number): void {
    this.atMs.push(atMs);
    if (sinceMs !== undefined) this.sinceMs.push(sinceMs);
    if (isBad) this.badAtMs.push(atMs);
  }
}

/**
 * When a run's policy saw something of a platform, in time; for the bound that no detector can beat, and for nothing
 * else.
 */
export class Observations {
  private readonly lines = new KeyIndex<ObservationLine>();

  /** All of a kind in one place. */
  lineOf({ platform, region }: Place, kind: ObservationKind): ObservationLine {
    return this.lines.getOrAdd(platform, region, kind, () => new ObservationLine());
  }

  /** @param one not before any other of its kind and place */
  saw(place: Place, kind: ObservationKind, one: Observation & { readonly isBad?: boolean }): void {
    this.lineOf(place, kind).saw(one.atMs, one.isBad ?? false, one.sinceMs);
  }

  count(place: Place, kind: ObservationKind): number {
    return this.lineOf(place, kind).atMs.length;
  }

  /** From `fromMs` on, before `endMs`. */
  within(place: Place, kind: ObservationKind, fromMs: number, endMs: number): readonly Observation[] {
    const { atMs, sinceMs } = this.lineOf(place, kind);
    const from = firstFrom(atMs, fromMs);
    return atMs.slice(from, firstFrom(atMs, endMs)).map((at, index) => {
      const since = sinceMs[from + index];
      return since === undefined ? { atMs: at } : { atMs: at, sinceMs: since };
    });
  }

  failuresWithin(place: Place, kind: ObservationKind, fromMs: number, endMs: number): readonly number[] {
    const { badAtMs } = this.lineOf(place, kind);
    return badAtMs.slice(firstFrom(badAtMs, fromMs), firstFrom(badAtMs, endMs));
  }
}

/** The first place in a list in time that is not before `fromMs`; a binary search. */
const firstFrom = (times: readonly number[], fromMs: number): number => {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < fromMs) low = middle + 1;
    else high = middle;
  }
  return low;
};
