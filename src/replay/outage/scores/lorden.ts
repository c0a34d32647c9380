import { DAY_MS } from '../../../kernel/durations.js';
import type { Stage } from '../run/stage.js';
import type { Behaviour, TruthCapability } from '../trace/trace.js';
import type { KeyedSpan } from '../trace/truth.js';
import type { Observation, ObservationKind } from '../world/observations.js';

/** False alarms are granted once in so long. */
const MONTH_MS = 30 * DAY_MS;
/** A rate of 0 or 1 would tell everything by one observation; nobody may rely on it. */
const SUREST = 1e-4;
/** How often a counter stands still although it is counted: a post nobody looked at in between. */
const IDLE_COUNTER = 0.02;

/** Which observations speak of a capability; health does not hear of refreshes (`engine/refreshes.ts`). */
const KINDS: Readonly<Record<TruthCapability, readonly ObservationKind[]>> = {
  publish: ['attempt', 'upload_probe', 'auth_probe'],
  upload: ['attempt', 'upload_probe'],
  auth: ['auth_probe'],
  read: ['read_probe'],
  counters: ['views'],
};

/**
 * How probable a failure of that kind is. A frozen counter shows nothing by a read that looks back beyond its beginning.
 * @param freezeMs since when the span lasts
 */
const rateOf = (
  kind: ObservationKind,
  { upload, auth, read, counters }: Behaviour,
  { sinceMs = 0 }: Partial<Observation>,
  freezeMs: number,
): number => {
  switch (kind) {
    case 'attempt':
      return upload.errorRate + upload.timeoutRate + upload.acceptedLostRate;
    case 'upload_probe':
      return upload.errorRate + upload.timeoutRate;
    case 'auth_probe':
    case 'refresh':
      return auth.errorRate;
    case 'read_probe':
      return read.errorRate;
    case 'views':
      return counters === 'live' || (counters === 'frozen' && sinceMs < freezeMs) ? IDLE_COUNTER : 1;
  }
};

/** Kullback-Leibler divergence of two coins, nats: what one observation tells on the average. */
export const divergence = (p1: number, p0: number): number => {
  const [q1, q0] = [sure(p1), sure(p0)];
  return q1 * Math.log(q1 / q0) + (1 - q1) * Math.log((1 - q1) / (1 - q0));
};

const sure = (p: number): number => Math.min(1 - SUREST, Math.max(SUREST, p));

/**
 * Minutes after which no detector with one false alarm in a month can be expected to be slower: when the divergence of
 * the run's observations, at the times they reached us, adds up to ln(observations of the key in 30 days).
 * @returns undefined when it never does within the span
 */
export const lordenMinutes = (stage: Stage, span: KeyedSpan): number | undefined => {
  const { platform, region, capability, fromMs, endMs } = span;
  const place = { platform, region };
  const kinds = KINDS[capability];
  const before = stage.world.behaviourAt(place, Math.max(0, fromMs - 1));
  const { observations } = stage;
  const count = kinds.reduce((sum, kind) => sum + observations.count(place, kind), 0);
  const limit = Math.log(Math.max(Math.E, count * (MONTH_MS / stage.endMs)));
  const within = kinds
    .flatMap((kind) => observations.within(place, kind, fromMs, endMs).map((one) => ({ kind, ...one })))
    .sort((one, two) => one.atMs - two.atMs);
  let sum = 0;
  for (const { kind, ...seen } of within) {
    const { atMs } = seen;
    const now = stage.world.behaviourAt(place, atMs);
    sum += divergence(rateOf(kind, now, seen, fromMs), rateOf(kind, before, seen, fromMs));
    if (sum >= limit) return (atMs - fromMs) / 60_000;
  }
  return undefined;
};

/** When the second failure of a span reached us, ms; undefined: it never did. */
export const secondFailureMs = (stage: Stage, { platform, region, capability, fromMs, endMs }: KeyedSpan) =>
  KINDS[capability]
    .flatMap((kind) => stage.observations.failuresWithin({ platform, region }, kind, fromMs, endMs))
    .sort((one, two) => one - two)[1];
