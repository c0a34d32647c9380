import { Injectable } from '@nestjs/common';
import { Boss } from '../../../infra/jobs/boss.js';
import { Database } from '../../../infra/database/database.js';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, plusMs, SECOND_MS } from '../../../kernel/durations.js';
import { derivedId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { WakeUps } from '../../domain/targets/target-store.port.js';
import type { TargetRef } from '../../domain/targets/target-record.js';

export const WAKE_UP_QUEUE = 'target-wake-up';
/** Channel that tells pumps to look at once. */
export const WAKE_UP_CHANNEL = 'perennial_wake_up';

/** Wake-ups exist only this far ahead: the job table stays small whatever is planned. */
export const HORIZON_MS = 10 * MINUTE_MS;
/** What is planned nearer than this gets its wake-up at once; more than the feeder may have fed when the row is committed. */
const NEAR_MS = HORIZON_MS + 2 * MINUTE_MS;
/** How long before the due instant a worker takes a target. */
export const PREFETCH_MS = 30 * SECOND_MS;
const EXPIRE_SECONDS = 600;
/** Wake-ups of so long a time share a priority. */
const PRIORITY_MS = 10 * SECOND_MS;

/**
 * pg-boss walks every deferred job at each fetch, unless priorities keep the later ones out: the earlier, the higher.
 * @returns the priority of what starts at this instant; fetch with that of now as the least, minus one
 */
export const wakeUpPriority = (startMs: number): number => -Math.floor(startMs / PRIORITY_MS);

/** What a wake-up job carries. */
export interface WakeUpJob extends TargetRef {
  readonly dueAtMs: number;
}

type DueRef = TargetRef & { readonly dueAt: Date };

/** Wake-up jobs on pg-boss. A job's id comes from (target, version), so sending twice is harmless. */
@Injectable()
export class WakeUpQueue extends WakeUps {
  constructor(
    private readonly boss: Boss,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async plan(targets: readonly DueRef[], tx: Tx): Promise<void> {
    const horizon = plusMs(this.clock.now(), NEAR_MS);
    const near = targets.filter((target) => target.dueAt <= horizon);
    if (near.length === 0) return;
    await this.send(near, tx);
    await this.database.affected(`select pg_notify($1, '')`, [WAKE_UP_CHANNEL], tx);
  }

  /** @param salt makes other ids: a sweep must get through although the first job ran */
  async send(targets: readonly DueRef[], tx: Tx, salt = ''): Promise<void> {
    await this.boss.engine.insert(
      WAKE_UP_QUEUE,
      targets.map(({ targetId, version, dueAt }) => ({
        id: derivedId('wake-up', targetId, version, salt),
        data: { targetId, version, dueAtMs: dueAt.getTime() } satisfies WakeUpJob,
        startAfter: plusMs(dueAt, -PREFETCH_MS),
        priority: wakeUpPriority(dueAt.getTime() - PREFETCH_MS),
        expireInSeconds: EXPIRE_SECONDS,
        retryLimit: 0,
      })),
      this.boss.within(tx),
    );
  }
}
