import { Injectable } from '@nestjs/common';
import { mayBeSiblings, ofNoUse, settleLook } from '../../domain/reconcile/look.policy.js';
import { type CheckDue, Reconciliation } from '../../domain/reconcile/reconciliation.port.js';
import { PersistentSettle } from '../firing/persistent-settle.js';
import { LookAtPlatform } from './look-at-platform.js';

const BATCH = 50;
/** What a killed worker was looking at waits no longer; a look that takes its time is renewed. */
const LOOK_LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** Asks platforms what became of accepted and doubtful targets; only reads. */
@Injectable()
export class ReconcileTargets {
  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly lookAt: LookAtPlatform,
    private readonly settle: PersistentSettle,
  ) {}

  /** @returns how many targets were looked at */
  async runOnce(): Promise<number> {
    const due = await this.reconciliation.claim(BATCH, LOOK_LEASE_MS);
    if (due.length > 0) await this.lookAtAll(due);
    return due.length;
  }

  private async lookAtAll(due: readonly CheckDue[]): Promise<void> {
    const open = new Set(due.map(({ target }) => target.id));
    // Without its lease a look is worth as much: it only reads, and what it saw is settled by whoever comes first.
    const renew = () => void this.reconciliation.renew([...open], LOOK_LEASE_MS).catch(() => undefined);
    const renewal = setInterval(renew, RENEW_MS);
    // A look that fails was logged by what failed; the others' answers still count.
    await Promise.allSettled(due.map((item) => this.look(item).finally(() => open.delete(item.target.id))));
    clearInterval(renewal);
  }

  private async look(item: CheckDue): Promise<void> {
    const { target, attempt } = item;
    const takenIds = await this.reconciliation.ownedPostIds(target.accountId, target.id);
    const since = callBegan(item);
    const seen = await this.lookAt.execute(item, { since, takenIds });
    const isSiblings = mayBeSiblings(seen) && (await this.reconciliation.hasDoubtfulSibling(target, since));
    const look = isSiblings ? ofNoUse(seen) : seen;
    await this.settle.execute({
      targetId: target.id,
      attemptId: attempt.id,
      actor: 'reconciler',
      decide: (current, tried, context) => settleLook(current, tried, look, context),
    });
  }
}

/** After a restored database nobody knows when; not before it was promised. */
const callBegan = ({ target, attempt }: CheckDue): Date => {
  if (attempt.commitStartedAt) return attempt.commitStartedAt;
  return attempt.createdAt < target.scheduledAt ? attempt.createdAt : target.scheduledAt;
};
