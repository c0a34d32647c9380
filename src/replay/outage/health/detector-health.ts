import { SECOND_MS } from '../../../kernel/durations.js';
import { KeyIndex } from '../../../kernel/key-index.js';
import { admissionOf, canaryOf } from '../../../health/domain/admission.js';
import type { KeyedTransition } from '../../../health/domain/assessment.js';
import { judgeViews, NO_HISTORY, type ViewsHistory } from '../../../health/domain/counters.policy.js';
import { detectorConfig } from '../../../health/domain/detector-config.js';
import type { DetectorState } from '../../../health/domain/detector-state.js';
import { HealthFold } from '../../../health/domain/health-fold.js';
import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import { type HealthCapability, judgedBy, NEUTRAL, type Signal } from '../../../health/domain/signal.js';
import type { KeyedState, StoredSignal } from '../../../health/domain/keyed.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Stage } from '../run/stage.js';
import { type HealthSource, type Place, placeKey, plainState, type ViewsRead } from './health-source.js';
import { ProbeRounds } from './probe-rounds.js';

/** Time alone ends dwells and steps of a ramp; no finer than this. */
const TICK_MS = SECOND_MS;

interface Key extends Place {
  readonly capability: HealthCapability;
}

/** What was last written down of a key. */
interface Shown {
  readonly live: KeyedState;
  text: string;
  /** What the text was made from. */
  detector?: DetectorState;
}

/** The health room's own detector over the signals of the run, each folded when it reached us. */
export class DetectorHealth implements HealthSource {
  private readonly config = detectorConfig(1);
  private readonly fold = new HealthFold(this.config);
  private readonly shown = new KeyIndex<Shown>();
  /** Keys whose state or share may change by time alone. */
  private readonly ill = new Set<Shown>();
  private isTicking = false;
  private readonly canaries = new Map<string, string>();
  private readonly histories = new Map<string, ViewsHistory>();
  private onChange: (place: Place) => void = () => undefined;

  constructor(
    private readonly stage: Stage,
    private readonly debug: (line: string) => void = () => undefined,
  ) {}

  start(onChange: (place: Place) => void): void {
    this.onChange = onChange;
    new ProbeRounds(this.stage, (signal) => this.hear(signal)).start();
  }

  stateOf({ platform, region }: Place): PlatformState {
    const detector = this.fold.detectorOf(platform, region, 'publish');
    if (!detector) return plainState('healthy', this.stage.dateAt(0), 'No trouble seen.');
    const { state, rampShare } = admissionOf(detector, this.config);
    return { state, rampShare, since: new Date(detector.sinceMs), reason: detector.reason, overridden: false };
  }

  readStateOf({ platform, region }: Place): HealthState {
    return this.fold.detectorOf(platform, region, 'read')?.state ?? 'healthy';
  }

  takeCanary(place: Place): boolean {
    const detector = this.fold.detectorOf(place.platform, place.region, 'publish');
    const token = detector && canaryOf(detector);
    if (token === undefined || this.canaries.get(placeKey(place)) === token) return false;
    this.canaries.set(placeKey(place), token);
    return true;
  }

  signal(signal: Signal): void {
    this.hear({ ...signal, at: this.stage.now() });
  }

  /** A read against the account's own history; what nothing could be expected of says nothing. */
  counted(read: ViewsRead): void {
    const { account, targetId, ageMs, before } = read;
    const { history, verdict } = judgeViews(this.histories.get(account.id) ?? NO_HISTORY, read);
    this.histories.set(account.id, history);
    if (!verdict) return;
    const { platform, region, workspace } = account;
    const { nowMs } = this.stage;
    const sinceMs = nowMs - ageMs + (before?.ageMs ?? 0);
    this.stage.observations.saw(account, 'views', { atMs: nowMs, sinceMs, isBad: verdict === 'bad' });
    this.signal({
      platform: platform as PlatformName,
      region,
      capability: 'counters',
      source: 'attempt',
      verdict,
      workspaceId: String(workspace),
      accountId: account.id,
      targetId,
    });
  }

  isSelfSuspect(): boolean {
    return this.fold.isSelfSuspect;
  }

  isCalm(): boolean {
    return this.stage.places.every(
      (place) => this.stateOf(place).state === 'healthy' && this.readStateOf(place) === 'healthy',
    );
  }

  /** While anything is ill, on whole ticks of the clock. */
  private tick(): void {
    this.isTicking = this.ill.size > 0;
    if (!this.isTicking) return;
    this.tell(this.fold.tick(this.stage.now()));
    for (const shown of [...this.ill]) this.showLatest(shown);
    this.stage.after(TICK_MS, () => this.tick());
  }

  private fellIll(shown: Shown): void {
    this.ill.add(shown);
    if (this.isTicking) return;
    this.isTicking = true;
    const { nowMs } = this.stage;
    this.stage.after(TICK_MS - (nowMs % TICK_MS), () => this.tick());
  }

  private hear(signal: StoredSignal): void {
    const changes = this.fold.take(signal);
    const { platform, region } = signal;
    // Shares move by signals too, but only of what is ill.
    if (this.ill.size > 0 && platform !== NEUTRAL)
      this.show({ platform, region, capability: judgedBy(signal.capability) });
    this.tell(changes);
  }

  private tell(changes: readonly KeyedTransition[]): void {
    for (const { platform, region, capability, transition } of changes) {
      const { from, to, reason } = transition;
      this.debug(
        `${(this.stage.nowMs / 60_000).toFixed(2)} ${platform} ${region} ${capability} ${from}->${to} ${reason}`,
      );
      this.show({ platform, region, capability });
    }
  }

  private show({ platform, region, capability }: Key): void {
    const shown = this.shown.get(platform, region, capability) ?? this.firstShown({ platform, region, capability });
    if (shown) this.showLatest(shown);
  }

  private firstShown({ platform, region, capability }: Key): Shown | undefined {
    const live = this.fold.liveOf(platform, region, capability);
    return live && this.shown.add(platform, region, capability, { live, text: 'healthy|healthy|1|' });
  }

  /** Writes down what is new about a key: its state, and how much it lets through. */
  private showLatest(shown: Shown): void {
    const { platform, region, capability, detector } = shown.live;
    // A detector that did not change is the very same object.
    if (detector === shown.detector) return;
    shown.detector = detector;
    if (detector.state === 'healthy' && !this.ill.has(shown)) return;
    const { state, rampShare } = admissionOf(detector, this.config);
    const now = `${detector.state}|${state}|${rampShare}|${canaryOf(detector) ?? ''}`;
    if (now === shown.text) return;
    shown.text = now;
    if (detector.state === 'healthy') this.ill.delete(shown);
    else this.fellIll(shown);
    const change = { platform, region, capability, state: detector.state, admission: rampShare };
    this.stage.record.states.push({ ...change, atMs: this.stage.nowMs });
    if (capability === 'publish') this.stage.after(0, () => this.onChange({ platform, region }));
  }
}
