import { Injectable } from '@nestjs/common';
import { HealthView } from '../../../health/index.js';
import { Inheritance } from '../../domain/firing/firing.port.js';
import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { Batches } from './batches.js';
import { StartCalls } from './start-calls.js';

/**
 * What a dead worker had armed and is due goes out at once, without being armed again: intents first, then leases and
 * attempts pass to the survivor. What needs a decision is left to the takeover.
 */
@Injectable()
export class InheritTargets {
  constructor(
    private readonly inheritance: Inheritance,
    private readonly calls: StartCalls,
    private readonly health: HealthView,
  ) {}

  /** @returns how many are this worker's now */
  async execute(workerId: string | undefined): Promise<number> {
    if (workerId === undefined) return 0;
    const notWell = this.health.placesWhere((state) => state !== 'healthy');
    const inherited = await this.calls.after(this.inheritance.intend(notWell));
    let taken = 0;
    await inBatches(inherited, async (batch) => {
      const own: readonly ArmedTarget[] = await this.inheritance.take(workerId, batch);
      this.calls.push(own);
      taken += own.length;
    });
    return taken;
  }
}

/** @throws what one of the batches threw, after all have ended */
const inBatches = async <T>(items: readonly T[], work: (batch: readonly T[]) => Promise<void>): Promise<void> => {
  const faults: unknown[] = [];
  const batches = new Batches<T>((batch) => work(batch).catch((error: unknown) => void faults.push(error)));
  batches.push(items);
  await batches.whenIdle();
  if (faults.length > 0) throw faults[0];
};
