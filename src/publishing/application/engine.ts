import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { scaledMs } from '../../kernel/durations.js';
import type { StepContext } from '../domain/firing/step-context.js';
import { PublishingSettings } from '../publishing-settings.js';

/** The engine's time: the database's clock and the intervals under the time scale. */
@Injectable()
export class Engine {
  constructor(
    private readonly clock: Clock,
    readonly settings: PublishingSettings,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** What every step of the pure engine needs besides its facts. */
  context(): StepContext {
    return { now: this.now(), timing: this.settings.timing, jitter: this.settings.jitter };
  }

  /** A platform's own "look again in" under the time scale, ms. */
  waitMs(ms: number): number {
    return scaledMs(ms, this.settings.timing.scale);
  }
}
