import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { WaitingTargets } from '../../domain/rerouting/waiting-targets.port.js';
import { Engine } from '../engine.js';
import { SeekReplacement } from './seek-replacement.js';

const BATCH = 200;

/**
 * Runs in doubt, or refused where they had been sent, with nothing in their place: the other fallbacks may have been full,
 * or ill themselves, at that moment. Routing is asked again as often as for what is held.
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
    const unplaced = await this.waiting.unplaced(this.after, BATCH);
    this.after = unplaced.length < BATCH ? undefined : unplaced.at(-1)?.id;
    let made = 0;
    for (const { id, because } of unplaced)
      if (await this.unitOfWork.run((tx) => this.seek.execute(id, because, tx))) made += 1;
    return made;
  }
}
