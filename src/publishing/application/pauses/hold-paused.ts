import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { type PauseCount, PausedTargets, type TargetsOf } from '../../domain/pauses/paused-targets.port.js';

/** Holds what a kill switch stops, before its next intent. */
@Injectable()
export class HoldPaused {
  constructor(
    private readonly targets: PausedTargets,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** In the transaction that switches. @returns what waits now, and what is out already */
  async execute(which: TargetsOf, actor: string, tx: Tx): Promise<PauseCount> {
    await this.targets.hold(which, actor, tx);
    return this.targets.count(which, tx);
  }

  /**
   * Once more after the commit and before the answer: a firing statement that began before the commit did not see the
   * switch, and may be about a target that did not exist when the switch looked.
   */
  async latecomers(which: TargetsOf, actor: string): Promise<void> {
    await this.unitOfWork.runPatiently((tx) => this.targets.hold(which, actor, tx));
  }

  /** Of targets that a worker may not take up. @returns the ids of those a switch stops; they are held now */
  among(targetIds: readonly string[]): Promise<readonly string[]> {
    if (targetIds.length === 0) return Promise.resolve([]);
    return this.unitOfWork.runPatiently((tx) => this.targets.hold({ targetIds }, 'worker', tx));
  }
}
