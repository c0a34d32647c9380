import { msOf, namesRegion } from './behaviour.js';
import type { OutageTrace, TruthCapability, TruthState } from './trace.js';

export type TrueState = TruthState | 'healthy';

/** A span of truth in one region, ms of the trace's clock. `endMs` is cut at the trace's end: after it all is normal. */
export interface KeyedSpan {
  readonly platform: string;
  readonly region: string;
  readonly capability: TruthCapability;
  readonly state: TruthState;
  readonly fromMs: number;
  readonly endMs: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Adjoining spans of one key. */
export interface Incident {
  readonly fromMs: number;
  readonly endMs: number;
}

const keyOf = (platform: string, region: string, capability: string): string => `${platform}|${region}|${capability}`;

/** What a perfect observer would say; for scores and for the oracle. */
export class Truth {
  /** In the file's order, then by region. */
  readonly spans: readonly KeyedSpan[];
  private readonly byKey: ReadonlyMap<string, readonly KeyedSpan[]>;
  private readonly known: ReadonlySet<string>;

  constructor(trace: OutageTrace) {
    this.spans = Object.entries(trace.platforms).flatMap(([platform, { truth }]) =>
      truth.flatMap((span) =>
        Object.keys(trace.regions)
          .filter((region) => namesRegion(span, region))
          .map((region) => keyed(trace, { platform, region }, span)),
      ),
    );
    const grouped = Map.groupBy(this.spans, (span) => keyOf(span.platform, span.region, span.capability));
    this.byKey = new Map(
      [...grouped].map(([key, spans]) => [key, spans.toSorted((one, two) => one.fromMs - two.fromMs)]),
    );
    this.known = new Set(this.spans.map(({ platform, capability }) => `${platform}|${capability}`));
  }

  /** In time. */
  spansOf(platform: string, region: string, capability: TruthCapability = 'publish'): readonly KeyedSpan[] {
    return this.byKey.get(keyOf(platform, region, capability)) ?? [];
  }

  spanAt(platform: string, region: string, atMs: number, capability: TruthCapability = 'publish') {
    return this.spansOf(platform, region, capability).find(({ fromMs, endMs }) => fromMs <= atMs && atMs < endMs);
  }

  stateAt(platform: string, region: string, atMs: number, capability: TruthCapability = 'publish'): TrueState {
    return this.spanAt(platform, region, atMs, capability)?.state ?? 'healthy';
  }

  /** Whether the platform's truth speaks of a capability at all. */
  lists(platform: string, capability: TruthCapability): boolean {
    return this.known.has(`${platform}|${capability}`);
  }

  /** Adjoining spans of the key taken together. @param state only such spans */
  incidentsOf(
    platform: string,
    region: string,
    capability: TruthCapability = 'publish',
    state?: TruthState,
  ): readonly Incident[] {
    const spans = this.spansOf(platform, region, capability).filter((span) => !state || span.state === state);
    return spans.reduce<Incident[]>((incidents, { fromMs, endMs }) => {
      const last = incidents.at(-1);
      if (last?.endMs !== fromMs) return [...incidents, { fromMs, endMs }];
      return [...incidents.slice(0, -1), { fromMs: last.fromMs, endMs }];
    }, []);
  }
}

const keyed = (
  trace: OutageTrace,
  place: { readonly platform: string; readonly region: string },
  { fromMinute, toMinute, capability, state }: OutageTrace['platforms'][string]['truth'][number],
): KeyedSpan => {
  const endMs = Math.min(msOf(toMinute), msOf(trace.durationMinutes));
  return { ...place, capability, state, fromMs: msOf(fromMinute), endMs, fromMinute, toMinute };
};
