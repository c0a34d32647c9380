import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';
import { AssessPlatforms } from '../application/assess-platforms.js';
import { HealthView } from '../application/health-view.js';
import { ProbePlatforms } from '../application/probe-platforms.js';
import { SignalRecorder } from '../domain/signal-recorder.port.js';
import { HealthSettings } from '../health-settings.js';

const ASSESS_EVERY_MS = 500;
const REFRESH_EVERY_MS = 250;
/** How often a platform is asked whether its next probe is due; finer than the quick probes' pace. */
const PROBE_TICK_MS = 1_000;
/** Verdicts replay from the signals as long as these are kept. */
const KEEP_SIGNALS_MS = 7 * DAY_MS;

/** The loop from signals to the state that routing reads. */
@Injectable()
export class HealthJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly assess: AssessPlatforms,
    private readonly view: HealthView,
    private readonly probes: ProbePlatforms,
    private readonly signals: SignalRecorder,
    private readonly settings: HealthSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.view.refresh();
    const { isEnabled, quickMs } = this.settings.probes;
    this.ticks.every('health.view', REFRESH_EVERY_MS, () => this.view.refresh());
    this.ticks.everyInCluster('health.assess', ASSESS_EVERY_MS, () => this.assess.runOnce());
    this.ticks.everyInCluster('health.purge', HOUR_MS, () => this.signals.purge(KEEP_SIGNALS_MS));
    if (!isEnabled) return;
    const everyMs = Math.min(PROBE_TICK_MS, quickMs);
    // One tick each: a platform that hangs must not delay the look at another.
    for (const name of this.probes.watched())
      this.ticks.everyInCluster(`health.probe.${name}`, everyMs, () => this.probes.runOnce(name));
  }
}
