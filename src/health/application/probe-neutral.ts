import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { NeutralEndpoint } from '../domain/neutral-endpoint.port.js';
import { FIRST_RHYTHM, isProbeDue, nextRhythm, type ProbeRhythm } from '../domain/probe-rhythm.js';
import { NEUTRAL } from '../domain/signal.js';
import { SignalRecorder } from '../domain/signal-recorder.port.js';
import { HealthSettings } from '../health-settings.js';

/** Looks at an address that is nobody's platform, and records what it saw among the other signals. */
@Injectable()
export class ProbeNeutral {
  private rhythm: ProbeRhythm = FIRST_RHYTHM;

  constructor(
    private readonly endpoint: NeutralEndpoint,
    private readonly signals: SignalRecorder,
    private readonly clock: Clock,
    private readonly settings: HealthSettings,
  ) {}

  get isOn(): boolean {
    return this.endpoint.isOn;
  }

  /** @returns whether it was time to look */
  async runOnce(): Promise<boolean> {
    const startedMs = this.clock.now().getTime();
    if (!this.isOn || !isProbeDue(this.rhythm, startedMs)) return false;
    const { timeoutMs, pace } = this.settings.probes;
    const isGood = await this.endpoint.isReachable(timeoutMs);
    const nowMs = this.clock.now().getTime();
    await this.signals.record([
      {
        platform: NEUTRAL,
        region: '',
        capability: 'read',
        source: 'probe',
        verdict: isGood ? 'good' : 'bad',
        latencyMs: nowMs - startedMs,
      },
    ]);
    this.rhythm = nextRhythm(this.rhythm, { isBad: !isGood, nowMs, random: this.settings.random() }, pace);
    return true;
  }
}
