import { Injectable, Logger } from '@nestjs/common';
import { settleLeftover } from '../../domain/firing/call.policy.js';
import { type Leftover, Takeovers } from '../../domain/reconcile/reconciliation.port.js';
import { PersistentSettle } from '../firing/persistent-settle.js';
import { SweepWakeUps } from '../firing/sweep-wake-ups.js';

/** Finishes what dead workers left: nothing of theirs waits for a timeout, and nothing is sent twice. */
@Injectable()
export class TakeOverWorkers {
  private readonly logger = new Logger('Takeover');

  constructor(
    private readonly takeovers: Takeovers,
    private readonly settle: PersistentSettle,
    private readonly sweep: SweepWakeUps,
  ) {}

  /** @returns how many targets were taken over */
  async runOnce(ownWorkerId: string | undefined): Promise<number> {
    const left = await this.takeovers.findLeftovers(ownWorkerId);
    if (left.length === 0) return 0;
    const idle = left.filter((item) => !item.hasIntent);
    await this.takeovers.release(idle.map((item) => item.targetId));
    await this.sweep.resend(idle.map((item) => item.targetId));
    // One that cannot be written was logged by what failed; it must not stop those behind it.
    for (const item of left) if (item.hasIntent) await this.settleIntent(item).catch(() => undefined);
    this.logger.log({ targets: left.length, withIntent: left.length - idle.length }, 'Took over a dead worker');
    return left.length;
  }

  private async settleIntent({ targetId, attemptId }: Leftover): Promise<void> {
    if (!attemptId) return;
    await this.settle.execute({
      targetId,
      attemptId,
      actor: 'takeover',
      decide: (_target, attempt, context) => settleLeftover(attempt, context),
    });
  }
}
