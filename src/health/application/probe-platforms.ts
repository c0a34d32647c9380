import { Injectable, Logger } from '@nestjs/common';
import { TokenVault } from '../../accounts/index.js';
import { Clock } from '../../kernel/clock.port.js';
import type { PlatformContext } from '../../platforms/domain/platform.port.js';
import type { Capability, PlatformName } from '../../platforms/domain/platform-name.js';
import type { ProbeOutcome } from '../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../platforms/index.js';
import { accountsToProbe, budgetMemoryMs, type ProbeAccount, type ProbeTiming } from '../domain/probe-budget.js';
import { FIRST_RHYTHM, isProbeDue, nextRhythm, type ProbeRhythm } from '../domain/probe-rhythm.js';
import { ProbeSources } from '../domain/probe-sources.port.js';
import type { Signal } from '../domain/signal.js';
import { SignalRecorder } from '../domain/signal-recorder.port.js';
import { HealthSettings } from '../health-settings.js';

type Look = Pick<Signal, 'capability' | 'accountId' | 'region'> & { readonly outcome: ProbeOutcome };

/** Looks at each platform in its rhythm, without a visible post, and records what it saw. */
@Injectable()
export class ProbePlatforms {
  private readonly logger = new Logger('Probes');
  private readonly rhythms = new Map<PlatformName, ProbeRhythm>();

  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly sources: ProbeSources,
    private readonly vault: TokenVault,
    private readonly signals: SignalRecorder,
    private readonly clock: Clock,
    private readonly settings: HealthSettings,
  ) {}

  get timing(): ProbeTiming {
    return this.settings.probes;
  }

  /** The platforms that can be looked at: nothing is called where people post by hand. */
  watched(): readonly PlatformName[] {
    return this.platforms
      .all()
      .filter((platform) => !platform.capabilities().isHandOff)
      .map(({ name }) => name);
  }

  /** Probes the platform if its time has come. @returns how many signals that gave */
  async runOnce(platform: PlatformName): Promise<number> {
    const { isEnabled, pace, scale } = this.settings.probes;
    const now = this.clock.now();
    const rhythm = this.rhythms.get(platform) ?? FIRST_RHYTHM;
    if (!isEnabled || !isProbeDue(rhythm, now.getTime())) return 0;
    // Another process may have had the lock before: half an interval after its look there is nothing to do.
    const halfMs = Math.round(pace.intervalMs / 2);
    if (rhythm.quickLeft === 0 && (await this.sources.lastLook(platform, halfMs))) {
      this.rhythms.set(platform, { ...rhythm, nextAtMs: now.getTime() + halfMs });
      return 0;
    }
    const accounts = await this.sources.accounts(platform, budgetMemoryMs(platform, scale));
    const looks = await this.look(platform, accounts, now);
    const signals = looks.flatMap((look) => signalOf(platform, look));
    if (signals.length > 0) await this.signals.record(signals);
    const isBad = looks.some(({ outcome }) => outcome.kind === 'bad');
    const at = { isBad, nowMs: this.clock.now().getTime(), random: this.settings.random() };
    this.rhythms.set(platform, nextRhythm(rhythm, at, pace));
    return signals.length;
  }

  /** One anonymous look each for all regions where somebody publishes, and one account per region within budget. */
  private async look(platform: PlatformName, accounts: readonly ProbeAccount[], now: Date): Promise<readonly Look[]> {
    const regions = [...new Set(accounts.map(({ region }) => region))];
    if (regions.length === 0) return [];
    const chosen = accountsToProbe(platform, accounts, now, this.settings.probes.scale);
    const [auth, read, ...uploads] = await Promise.all([
      this.ask(platform, 'auth'),
      this.ask(platform, 'read'),
      ...chosen.map(async ({ accountId, region }) => ({
        capability: 'upload' as const,
        accountId,
        region,
        outcome: await this.askFor(platform, accountId),
      })),
    ]);
    const everywhere = (capability: Capability, outcome: ProbeOutcome) =>
      regions.map((region) => ({ capability, region, outcome }));
    return [...everywhere('auth', auth), ...everywhere('read', read), ...uploads];
  }

  private async askFor(platform: PlatformName, accountId: string): Promise<ProbeOutcome> {
    const access = await this.vault.contextOf(accountId);
    if (!access) return { kind: 'skipped' };
    const { externalId, credentials } = access;
    return this.ask(platform, 'upload', (signal) => ({ accountId, externalId, credentials, signal }));
  }

  private ask(
    platform: PlatformName,
    capability: Capability,
    contextOf?: (signal: AbortSignal) => PlatformContext,
  ): Promise<ProbeOutcome> {
    const { timeoutMs } = this.settings.probes;
    const signal = AbortSignal.timeout(timeoutMs);
    const silence = new Promise<ProbeOutcome>((resolve) => {
      const bad: ProbeOutcome = { kind: 'bad', latencyMs: timeoutMs, detail: 'no answer in time' };
      signal.addEventListener('abort', () => resolve(bad), { once: true });
    });
    const answer = async () => this.platforms.get(platform).probe(capability, contextOf?.(signal));
    return Promise.race([answer(), silence]).catch((error: unknown) => {
      // An adapter that throws is our bug, not their outage.
      this.logger.error({ err: error, platform, capability }, 'A probe threw; it counts for nothing');
      return { kind: 'skipped' } as const;
    });
  }
}

const signalOf = (platform: PlatformName, { outcome, ...look }: Look): Signal[] => {
  if (outcome.kind === 'skipped') return [];
  const { latencyMs } = outcome;
  const trouble = outcome.kind === 'bad' ? { errorClass: 'platform' } : {};
  return [{ platform, ...look, source: 'probe', verdict: outcome.kind, latencyMs, ...trouble }];
};
