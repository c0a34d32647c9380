/** What somebody saw of a platform; the parts of `publish` are told apart because their rates differ. */
export const OBSERVATION_KINDS = ['attempt', 'upload_probe', 'auth_probe', 'read_probe', 'views'] as const;
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

type Seen = Observation & { readonly isBad?: boolean };

/** When a run's policy saw something of a platform; for the bound that no detector can beat, and for nothing else. */
export class Observations {
  private readonly times = new Map<string, Observation[]>();
  private readonly failures = new Map<string, number[]>();

  saw({ platform, region }: Place, kind: ObservationKind, { isBad = false, ...seen }: Seen): void {
    const key = `${platform}|${region}|${kind}`;
    push(this.times, key, seen);
    if (isBad) push(this.failures, key, seen.atMs);
  }

  seenOf({ platform, region }: Place, kind: ObservationKind): readonly Observation[] {
    return this.times.get(`${platform}|${region}|${kind}`) ?? [];
  }

  failuresOf({ platform, region }: Place, kind: ObservationKind): readonly number[] {
    return this.failures.get(`${platform}|${region}|${kind}`) ?? [];
  }
}

const push = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};
