import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { AssessPlatforms } from '../application/assess-platforms.js';
import { HealthView } from '../application/health-view.js';
import { KeepSignals } from '../application/keep-signals.js';
import { ProbeNeutral } from '../application/probe-neutral.js';
import { ProbePlatforms } from '../application/probe-platforms.js';

const ASSESS_EVERY_MS = 500;
const REFRESH_EVERY_MS = 250;
/** How often a platform is asked whether its next probe is due; finer than the quick probes' pace. */
const PROBE_TICK_MS = 1_000;

/** The loop from signals to the state that routing reads. */
@Injectable()
export class HealthJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly assess: AssessPlatforms,
    private readonly view: HealthView,
    private readonly probes: ProbePlatforms,
    private readonly neutral: ProbeNeutral,
    private readonly keepSignals: KeepSignals,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.view.refresh();
    const { isEnabled, pace } = this.probes.timing;
    this.ticks.every('health.view', REFRESH_EVERY_MS, () => this.view.refresh());
    this.ticks.everyInCluster('health.assess', ASSESS_EVERY_MS, () => this.assess.runOnce());
    this.ticks.everyInCluster('health.purge', HOUR_MS, () => this.keepSignals.runOnce());
    const everyMs = Math.min(PROBE_TICK_MS, pace.quickMs);
    if (this.neutral.isOn) this.ticks.everyInCluster('health.probe.neutral', everyMs, () => this.neutral.runOnce());
    if (!isEnabled) return;
    // One tick each: a platform that hangs must not delay the look at another.
    for (const name of this.probes.watched())
      this.ticks.everyInCluster(`health.probe.${name}`, everyMs, () => this.probes.runOnce(name));
  }
}
