import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { PausedTargets, type ReleasedTarget, type TargetsOf } from '../../domain/pauses/paused-targets.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { WakeUps } from '../../domain/targets/target-store.port.js';

/** Rows a statement moves at once. */
const CHUNK = 5_000;

/** What a resume let go. */
export interface Release {
  readonly released: number;
  /** Got stale under the pause. */
  readonly missed: number;
}

/** Lets go what no kill switch stops any more. */
@Injectable()
export class ReleasePaused {
  constructor(
    private readonly targets: PausedTargets,
    private readonly wakeUps: WakeUps,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(which: TargetsOf, actor: string, tx: Tx): Promise<Release> {
    let sum: Release = { released: 0, missed: 0 };
    for (;;) {
      const moved = await this.chunk(which, actor, tx);
      const missed = moved.filter(({ status }) => status === 'missed').length;
      sum = { released: sum.released + moved.length - missed, missed: sum.missed + missed };
      if (moved.length < CHUNK) return sum;
    }
  }

  /** Finds what was let go elsewhere: an account that is active again, a switch whose process died. */
  async runOnce(): Promise<number> {
    const moved = await this.unitOfWork.runPatiently((tx) => this.chunk({}, 'worker', tx));
    return moved.length;
  }

  private async chunk(which: TargetsOf, actor: string, tx: Tx): Promise<readonly ReleasedTarget[]> {
    const moved = await this.targets.release(which, { actor, limit: CHUNK }, tx);
    const missed = moved.filter(({ status }) => status === 'missed');
    await this.wakeUps.plan(
      moved.filter(({ status }) => status === 'scheduled'),
      tx,
    );
    await this.events.append(
      missed.map((target) => targetEvent('post.missed', target, { status: 'missed', cause: 'stale' })),
      tx,
    );
    return moved;
  }
}
