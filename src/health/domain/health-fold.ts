import { KeyIndex } from '../../kernel/key-index.js';
import { CHART_NAMES, type DetectorConfig, STREAMS } from './detector-config.js';
import { type DetectorState, initialState, NO_CHARTS, NO_TROUBLE } from './detector-state.js';
import { step } from './detector.js';
import type { HealthKey, KeyedState, KeyedTransition, StoredSignal } from './keyed.js';
import { type SelfState, TRUSTED, vet } from './self-suspect.js';
import { type HealthCapability, judgedBy, NEUTRAL } from './signal.js';

interface Entry extends HealthKey {
  detector: DetectorState;
  isChanged: boolean;
}

/**
 * The detectors of all keys and the doubt in ourselves, folded signal by signal. Deterministic: the same signals in the
 * same order give the same states; holds nothing that `states` and `self` do not tell.
 */
export class HealthFold {
  private readonly entries = new KeyIndex<Entry>();
  private readonly configs: Readonly<Record<HealthCapability, DetectorConfig>>;

  constructor(
    private readonly config: DetectorConfig,
    known: readonly KeyedState[] = [],
    private doubt: SelfState = TRUSTED,
  ) {
    this.configs = { publish: config, read: readConfig(config), counters: badgeConfig(config) };
    for (const state of known)
      this.entries.getOrAdd(state.platform, state.region, state.capability, () => ({ ...state, isChanged: false }));
  }

  get self(): SelfState {
    return this.doubt;
  }

  /** Our own connection is in doubt: nothing is judged, and nothing should be published. */
  get isSelfSuspect(): boolean {
    return this.doubt.suspectSinceMs !== null;
  }

  /** @returns the changes of state that it brought, in their order */
  take(signal: StoredSignal): readonly KeyedTransition[] {
    const wasSuspect = this.isSelfSuspect;
    const { self, counts } = vet(this.doubt, signal, this.config.timing);
    this.doubt = self;
    if (!wasSuspect && this.isSelfSuspect) this.forgetAlarms();
    const [first] = counts;
    if (first === undefined) return NONE;
    return counts.length === 1 ? this.fold(first) : counts.flatMap((held) => this.fold(held));
  }

  /** Lets time pass: dwells, calms and ramp steps end. While we are in doubt it stands still. */
  tick(now: Date): readonly KeyedTransition[] {
    if (this.isSelfSuspect) return NONE;
    let transitions = NONE;
    for (const entry of this.entries.values()) {
      if (entry.detector.state === 'healthy') continue;
      const next = step(entry.detector, { kind: 'tick' }, now, this.configOf(entry.capability));
      transitions = this.keep(entry, next, transitions);
    }
    return transitions;
  }

  detectorOf(platform: string, region: string, capability: HealthCapability): DetectorState | undefined {
    return this.liveOf(platform, region, capability)?.detector;
  }

  /** What stands there goes on with the fold: it always tells the latest detector. */
  liveOf(platform: string, region: string, capability: HealthCapability): KeyedState | undefined {
    return this.entries.get(platform, region, capability);
  }

  states(): readonly KeyedState[] {
    return this.entries.values().map(toState);
  }

  /** States that are not as they were given at the start. */
  changed(): readonly KeyedState[] {
    return this.entries
      .values()
      .filter(({ isChanged }) => isChanged)
      .map(toState);
  }

  private fold(signal: StoredSignal): readonly KeyedTransition[] {
    const { platform, region } = signal;
    if (platform === NEUTRAL) return NONE;
    const capability = judgedBy(signal.capability);
    const config = this.configOf(capability);
    const entry = this.entries.getOrAdd(platform, region, capability, () => ({
      ...{ platform, region, capability },
      detector: initialState(config, signal.at),
      isChanged: true,
    }));
    const transitions = this.keep(
      entry,
      step(entry.detector, { kind: 'signal', evidence: signal }, signal.at, config),
      NONE,
    );
    const isLook = capability === 'read' && signal.source === 'probe' && signal.verdict === 'good';
    const beside = isLook ? this.entries.get(platform, region, 'publish') : undefined;
    if (beside?.detector.state !== 'recovering') return transitions;
    return this.keep(beside, step(beside.detector, { kind: 'look' }, signal.at, this.config), transitions);
  }

  private keep(
    entry: Entry,
    { state, effects }: ReturnType<typeof step>,
    before: readonly KeyedTransition[],
  ): readonly KeyedTransition[] {
    if (state !== entry.detector) {
      entry.detector = state;
      entry.isChanged = true;
    }
    if (effects.length === 0) return before;
    const { platform, region, capability } = entry;
    const told = effects.some(({ from, to }) => to === 'down' && from !== 'recovering') ? this.warn(entry) : NONE;
    return [...before, ...effects.map((transition) => ({ platform, region, capability, transition })), ...told];
  }

  /** A platform that fell in one region is looked at more closely in the others. */
  private warn({ platform, region, capability, detector }: Entry): readonly KeyedTransition[] {
    const fellAt = new Date(detector.lastAtMs);
    const config = this.configOf(capability);
    return this.entries
      .values()
      .filter((other) => other.platform === platform && other.capability === capability && other.region !== region)
      .flatMap((other) => this.keep(other, step(other.detector, { kind: 'neighbour', region }, fellAt, config), NONE));
  }

  /** What stood against platforms may have been ours all along. */
  private forgetAlarms(): void {
    for (const entry of this.entries.values()) {
      if (entry.detector.state !== 'healthy') continue;
      entry.detector = { ...entry.detector, charts: NO_CHARTS, wellness: NO_TROUBLE };
      entry.isChanged = true;
    }
  }

  private configOf(capability: HealthCapability): DetectorConfig {
    return this.configs[capability];
  }
}

const NONE: readonly KeyedTransition[] = [];

const toState = ({ platform, region, capability, detector }: Entry): KeyedState => ({
  platform,
  region,
  capability,
  detector,
});

/** Reading needs no canary and no ramp: it is well when probes have been for a step. */
const readConfig = (config: DetectorConfig): DetectorConfig => ({
  ...config,
  rampShares: [0, 1],
  charts: { ...config.charts, liveness: { degradedAt: 13, downAt: 13.5 } },
  timing: { ...config.timing, trialMs: 0 },
});

/**
 * Counters are a badge: they are degraded or not, never down. A post without views is nothing rare, so five per cent are
 * taken for normal at least, and a third for trouble.
 */
const badgeConfig = (config: DetectorConfig): DetectorConfig => {
  const never = { ...config.charts };
  for (const name of CHART_NAMES) never[name] = { ...never[name], downAt: Infinity };
  const doubtful = { ...config.rates.attempts, least: 0.05, first: 0.05, most: 0.15 };
  return {
    ...config,
    rates: { ...config.rates, ...Object.fromEntries(STREAMS.map((stream) => [stream, doubtful])) },
    soft: { ...config.soft, attempts: { p1: 0.35, times: 4 } },
    charts: never,
    worse: { ...config.worse, at: Infinity },
    timing: { ...config.timing, silentMs: 24 * config.timing.silentMs },
  };
};
