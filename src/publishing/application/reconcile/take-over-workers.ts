import { Injectable, Logger } from '@nestjs/common';
import { settleLeftover } from '../../domain/firing/call.policy.js';
import { DeadIntents } from '../../domain/reconcile/dead-intents.port.js';
import { type Leftover, Takeovers } from '../../domain/reconcile/reconciliation.port.js';
import { InheritTargets } from '../firing/inherit-targets.js';
import { PersistentSettle } from '../firing/persistent-settle.js';
import { SweepWakeUps } from '../firing/sweep-wake-ups.js';

/** Rows one statement gives back. */
const CHUNK = 2_000;

/** Finishes what dead workers left: nothing of theirs waits for a timeout, and nothing is sent twice. */
@Injectable()
export class TakeOverWorkers {
  private readonly logger = new Logger('Takeover');

  constructor(
    private readonly takeovers: Takeovers,
    private readonly persistent: PersistentSettle,
    private readonly sweep: SweepWakeUps,
    private readonly inherit: InheritTargets,
    private readonly deadIntents: DeadIntents,
  ) {}

  /**
   * What is due first, and at once; then what the dead held besides.
   * @returns how many targets were taken over
   */
  async runOnce(ownWorkerId: string | undefined): Promise<number> {
    await this.takeovers.findDead(ownWorkerId);
    const inherited = await this.inherit.execute(ownWorkerId);
    const givenBack = await this.giveBack();
    return inherited + givenBack + (await this.settle(await this.takeovers.findLeftovers()));
  }

  /** The rarer case: a living worker lost sight of its targets. @returns how many */
  async forgotten(): Promise<number> {
    return this.settle(await this.takeovers.findForgotten());
  }

  /** Whose call never began: many at once. */
  private async giveBack(): Promise<number> {
    let total = 0;
    for (let count = CHUNK; count === CHUNK; total += count) {
      const targetIds = await this.deadIntents.giveBack(CHUNK);
      await this.sweep.resend(targetIds);
      count = targetIds.length;
    }
    return total;
  }

  private async settle(left: readonly Leftover[]): Promise<number> {
    if (left.length === 0) return 0;
    const idle = left.filter((item) => item.isArmed);
    await this.takeovers.release(idle.map((item) => item.targetId));
    await this.sweep.resend(idle.map((item) => item.targetId));
    // One that cannot be written was logged by what failed; it must not stop those behind it.
    await Promise.allSettled(left.filter((item) => !item.isArmed).map((item) => this.settleIntent(item)));
    this.logger.log({ targets: left.length, fired: left.length - idle.length }, 'Took over what nobody holds');
    return left.length;
  }

  private async settleIntent({ targetId, attemptId }: Leftover): Promise<void> {
    if (!attemptId) return;
    await this.persistent.execute({
      targetId,
      attemptId,
      actor: 'takeover',
      decide: settleLeftover,
    });
  }
}
