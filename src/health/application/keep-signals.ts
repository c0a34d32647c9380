import { Injectable } from '@nestjs/common';
import { SignalRecorder } from '../domain/signal-recorder.port.js';
import { HealthSettings } from '../health-settings.js';

/** Makes room for the days to come and forgets the old ones; verdicts replay from the signals as long as they are kept. */
@Injectable()
export class KeepSignals {
  constructor(
    private readonly signals: SignalRecorder,
    private readonly settings: HealthSettings,
  ) {}

  async runOnce(): Promise<void> {
    await this.signals.prepareDays();
    await this.signals.purge(this.settings.keepSignalsMs);
  }
}
