import type { StoredSignal } from './keyed.js';
import type { HealthTiming } from './health-timing.js';
import { NEUTRAL } from './signal.js';

/**
 * What we know of our own connection. Failures wait in `held` until anything good arrives from anywhere: that proves the
 * connection, and they count. If the neutral endpoint fails too, they were ours and never count. Plain JSON.
 */
export interface SelfState {
  /** The last look at the neutral endpoint; null: never, or it is switched off. */
  readonly neutralAtMs: number | null;
  readonly isNeutralGood: boolean;
  /** When the latest call began that somebody answered well, ms since the epoch. */
  readonly answeredAtMs: number;
  /** Failures since the last good news, in their order. */
  readonly held: readonly StoredSignal[];
  /** The last two failures of each platform, ms since the epoch, the older one first. */
  readonly failures: Readonly<Record<string, readonly [number, number]>>;
  /** Since when we suspect ourselves: transitions are frozen and nothing is published. */
  readonly suspectSinceMs: number | null;
  /** What began before the last suspicion ended is no evidence, ms since the epoch. */
  readonly resumedAtMs: number;
}

export const TRUSTED: SelfState = {
  neutralAtMs: null,
  isNeutralGood: true,
  answeredAtMs: 0,
  held: [],
  failures: {},
  suspectSinceMs: null,
  resumedAtMs: 0,
};

/** The knowledge after one signal, and the signals that count now, in their order. */
export interface Vetted {
  readonly self: SelfState;
  readonly counts: readonly StoredSignal[];
}

/** More failures than this before any good news add nothing. */
const MAX_HELD = 2_000;
const LEAST_PLATFORMS = 2;
const NONE: readonly StoredSignal[] = [];

/**
 * Passes a signal through the question "is it us?" (design section 5): suspect when the neutral endpoint fails and at
 * least two platforms do within a minute, with nothing good between, or twice each whatever else is good. Over when the
 * neutral endpoint answers. Without neutral looks every signal counts at once.
 */
export const vet = (self: SelfState, signal: StoredSignal, timing: HealthTiming): Vetted => {
  if (signal.platform === NEUTRAL) return onNeutral(self, signal, timing);
  const atMs = signal.at.getTime();
  if (self.neutralAtMs === null || atMs - self.neutralAtMs > timing.neutralWithinMs) return trusted(self, signal);
  if (self.suspectSinceMs !== null) return { self, counts: NONE };
  const isGood = signal.verdict === 'good' || signal.source === 'stall' || signal.source === 'feed';
  if (!isGood && atMs - (signal.latencyMs ?? 0) < self.resumedAtMs) return { self, counts: NONE };
  if (isGood) return signal.source === 'feed' ? { self, counts: [signal] } : letGo(self, signal);
  const failures = { ...self.failures, [signal.platform]: [self.failures[signal.platform]?.[1] ?? 0, atMs] as const };
  if (isProbeOfGoodTimes(self, signal)) return { self: { ...self, failures }, counts: [signal] };
  const held = self.held.length < MAX_HELD ? [...self.held, signal] : self.held;
  return judge({ ...self, failures, held }, atMs, timing);
};

/** An answer to a call from before the trouble proves nothing about the connection since; a moment is forgiven. */
const GRACE_MS = 1_000;
const startOf = ({ at, latencyMs = 0, source }: StoredSignal): number =>
  at.getTime() - (source === 'stall' ? 0 : latencyMs);

/** Whatever was held back counts now: somebody answered a call of the same time. */
const letGo = (before: SelfState, signal: StoredSignal): Vetted => {
  const self = answered(before, signal);
  const [first] = self.held;
  if (!first || startOf(signal) < startOf(first) - GRACE_MS) return { self, counts: [signal] };
  return { self: { ...self, held: [] }, counts: [...self.held, signal] };
};

const answered = (self: SelfState, signal: StoredSignal): SelfState =>
  signal.source === 'stall' || startOf(signal) <= self.answeredAtMs ? self : { ...self, answeredAtMs: startOf(signal) };

/**
 * A probe that was asked while somebody else was answered need not wait for more good news: only its own time-out made it
 * late. Of a post it would prove less: many are under way when a line is cut.
 */
const isProbeOfGoodTimes = (self: SelfState, signal: StoredSignal): boolean =>
  signal.source === 'probe' && self.held.length === 0 && startOf(signal) <= self.answeredAtMs;

const onNeutral = (self: SelfState, { verdict, at, latencyMs = 0 }: StoredSignal, timing: HealthTiming): Vetted => {
  const atMs = at.getTime();
  const isGood = verdict === 'good';
  const answeredAtMs = isGood ? Math.max(self.answeredAtMs, atMs - latencyMs) : self.answeredAtMs;
  const looked = { ...self, neutralAtMs: atMs, isNeutralGood: isGood, answeredAtMs };
  if (!isGood) return judge(looked, atMs, timing);
  if (self.suspectSinceMs === null) return { self: { ...looked, held: [] }, counts: self.held };
  return { self: { ...looked, held: [], failures: {}, suspectSinceMs: null, resumedAtMs: atMs }, counts: NONE };
};

const judge = (self: SelfState, atMs: number, timing: HealthTiming): Vetted => {
  if (self.isNeutralGood || self.suspectSinceMs !== null) return { self, counts: NONE };
  const sinceMs = atMs - timing.suspectWithinMs;
  const silent = new Set(self.held.filter(({ at }) => at.getTime() >= sinceMs).map(({ platform }) => platform));
  const failing = Object.values(self.failures).filter(([older]) => older >= sinceMs);
  if (silent.size < LEAST_PLATFORMS && failing.length < LEAST_PLATFORMS) return { self, counts: NONE };
  return { self: { ...self, held: [], suspectSinceMs: atMs }, counts: NONE };
};

/** Nobody looks at the neutral endpoint: our connection is never doubted. */
const trusted = (self: SelfState, signal: StoredSignal): Vetted => {
  if (self.held.length === 0 && self.suspectSinceMs === null) return { self, counts: [signal] };
  return { self: { ...self, held: [], suspectSinceMs: null }, counts: [...self.held, signal] };
};

/** As it was stored: its times are texts there. */
export const reviveSelf = (stored: Partial<SelfState>): SelfState => {
  const self = { ...TRUSTED, ...stored };
  return { ...self, held: self.held.map((signal) => ({ ...signal, at: new Date(signal.at) })) };
};
