import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { type HappenedStep, RunEffects } from '../../application/firing/run-effects.js';
import { EngineTelemetry } from '../../domain/telemetry/engine-telemetry.port.js';

/** Counts what the engine wrote. */
@Injectable()
export class MeasuredEffects extends RunEffects {
  @Inject(EngineTelemetry)
  private readonly telemetry!: EngineTelemetry;

  override async executeAll(steps: readonly HappenedStep[], tx: Tx): Promise<void> {
    await super.executeAll(steps, tx);
    for (const { before, step } of steps) if (step.attempt) this.telemetry.settled(before.platform, step.attempt.state);
  }
}
