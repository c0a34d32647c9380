import { Injectable, Logger } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { OverdueTargets } from '../../domain/reconcile/overdue.port.js';
import { Reconciliation } from '../../domain/reconcile/reconciliation.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { LookAtPlatform } from './look-at-platform.js';
import { SettleOverdue } from './settle-overdue.js';

/** Rows one statement moves. */
const SWEEP = 1_000;
const BATCH = 50;
/** A look takes less; what was cut off in the middle is looked at again after it. */
const LEASE_MS = 120_000;

/**
 * After our own downtime, or when the database was restored: nothing that was due meanwhile is sent before somebody
 * looked whether it is live already, and what is sent then goes out at a pace.
 */
@Injectable()
export class LookBeforeSend {
  private readonly logger = new Logger('Overdue');

  constructor(
    private readonly overdue: OverdueTargets,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventLog,
    private readonly lookAt: LookAtPlatform,
    private readonly reconciliation: Reconciliation,
    private readonly settle: SettleOverdue,
  ) {}

  /** @returns how many targets were looked for */
  async runOnce(): Promise<number> {
    while ((await this.doubtRestored()) === SWEEP);
    while ((await this.hold()) === SWEEP);
    const due = await this.overdue.claim(BATCH, LEASE_MS);
    // A look that fails was logged by what failed; the others' answers still count.
    await Promise.allSettled(due.map((target) => this.look(target)));
    return due.length;
  }

  private async hold(): Promise<number> {
    const { held, missed } = await this.unitOfWork.run(async (tx) => {
      const swept = await this.overdue.hold(SWEEP, this.settle.spacing, tx);
      const why = { holdReason: 'overdue', cause: 'overdue' };
      await this.events.append(
        [
          ...swept.held.map((target) => targetEvent('post.held', target, { status: 'held', ...why })),
          ...swept.missed.map((target) => targetEvent('post.missed', target, { status: 'missed', cause: 'stale' })),
        ],
        tx,
      );
      return swept;
    });
    if (held.length + missed.length > 0)
      this.logger.warn(
        { targets: held.length, missed: missed.length },
        'Overdue targets are looked for before sending',
      );
    return held.length + missed.length;
  }

  private async doubtRestored(): Promise<number> {
    const doubted = await this.unitOfWork.run(async (tx) => {
      const targets = await this.overdue.doubtRestored(SWEEP, this.settle.spacing, tx);
      const why = { status: 'unconfirmed', cause: 'database_restored' };
      await this.events.append(
        targets.map((target) => targetEvent('post.unconfirmed', target, why)),
        tx,
      );
      return targets;
    });
    if (doubted.length > 0)
      this.logger.warn({ targets: doubted.length }, 'The database was restored: these may be live already');
    return doubted.length;
  }

  private async look(target: TargetRecord): Promise<void> {
    const takenIds = await this.reconciliation.ownedPostIds(target.accountId, target.id);
    const sighting = await this.lookAt.inList(target, { since: target.scheduledAt, takenIds });
    await this.settle.execute(target, sighting);
  }
}
