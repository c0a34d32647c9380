import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { Engine } from '../engine.js';
import { SeekReplacement } from './seek-replacement.js';

const BATCH = 200;

/**
 * Doubtful targets without a replacement: the fallback may have been full, or ill itself, when the doubt began. Routing
 * is asked again as often as for what is held.
 */
@Injectable()
export class SeekAgain {
  /** When the round began, and where it goes on. */
  private roundAt: Date | undefined;
  private after: string | undefined;

  constructor(
    private readonly waiting: WaitingTargets,
    private readonly seek: SeekReplacement,
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  /** @returns how many replacements were made */
  async runOnce(): Promise<number> {
    const now = this.engine.now();
    if (this.after === undefined) {
      if (this.roundAt && now.getTime() - this.roundAt.getTime() < this.engine.settings.timing.reconsiderMs) return 0;
      this.roundAt = now;
    }
    const ids = await this.waiting.doubtful(this.after, BATCH);
    this.after = ids.length < BATCH ? undefined : ids.at(-1);
    let made = 0;
    for (const id of ids)
      if (await this.unitOfWork.run((tx) => this.seek.execute(id, 'unknown_outcome', tx))) made += 1;
    return made;
  }
}
