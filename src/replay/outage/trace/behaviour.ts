import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Behaviour, Phase, PlatformTrace } from './trace.js';

/** Minutes of a trace as whole milliseconds of its clock. */
export const msOf = (minutes: number): number => Math.round(minutes * MINUTE_MS);

/** Behaviour that does not change from `fromMs` on, up to the next stretch. */
export interface Stretch {
  readonly fromMs: number;
  readonly behaviour: Behaviour;
  /** Indexes into the platform's phases that hold here, in file order. */
  readonly phases: readonly number[];
}

/** Normal, then every phase over it field by field; `latencyMs`, `delaySeconds` and `views` are replaced whole. */
export const merged = (normal: Behaviour, phases: readonly Phase[]): Behaviour =>
  phases.reduce<Behaviour>(
    (under, over) => ({
      upload: over.upload ? overlaid(under.upload, over.upload) : under.upload,
      process: over.process ? overlaid(under.process, over.process) : under.process,
      read: over.read ? overlaid(under.read, over.read) : under.read,
      auth: over.auth ? overlaid(under.auth, over.auth) : under.auth,
      counters: over.counters ?? under.counters,
      views: over.views ?? under.views,
    }),
    normal,
  );

const overlaid = <T extends object>(under: T, over: { readonly [K in keyof T]?: T[K] | undefined }): T => {
  const said = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...under, ...(Object.fromEntries(said) as Partial<T>) };
};

export const namesRegion = ({ regions }: { readonly regions?: readonly string[] | undefined }, region: string) =>
  regions === undefined || regions.includes(region);

/** All stretches of a platform in a region, from 0 on; after `endMs` all is normal. */
export const stretchesOf = ({ normal, phases }: PlatformTrace, region: string, endMs: number): readonly Stretch[] => {
  const here = phases.map((phase, index) => ({ phase, index })).filter(({ phase }) => namesRegion(phase, region));
  const edges = here.flatMap(({ phase }) => [msOf(phase.fromMinute), msOf(phase.toMinute)]);
  const starts = [...new Set([0, ...edges.filter((edge) => edge < endMs), endMs])].sort((a, b) => a - b);
  return starts.map((fromMs) => {
    const held = here.filter(
      ({ phase }) => fromMs < endMs && msOf(phase.fromMinute) <= fromMs && fromMs < msOf(phase.toMinute),
    );
    return {
      fromMs,
      behaviour: merged(
        normal,
        held.map(({ phase }) => phase),
      ),
      phases: held.map(({ index }) => index),
    };
  });
};

/** The stretch that holds at `atMs`. A binary search: it is asked at every call. */
export const stretchAt = (stretches: readonly Stretch[], atMs: number): Stretch => {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle] as Stretch).fromMs <= atMs) low = middle;
    else high = middle - 1;
  }
  return stretches[low] as Stretch;
};
