import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { CANCELLED } from '../../domain/targets/by-hand.policy.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import type { TargetStatus } from '../../domain/targets/target-status.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

/** What a batch may cancel; doubts and hand-offs are settled one by one. */
export const CANCELLABLE: readonly TargetStatus[] = ['draft', 'scheduled', 'held'];

const TOLD = { status: 'cancelled', cause: 'cancelled' };

/** Cancels many waiting targets by the arbiter of `CancelTargets`, all that are not too late. */
@Injectable()
export class CancelMany {
  constructor(
    private readonly store: TargetStore,
    private readonly events: EventLog,
  ) {}

  /** @returns the ids that are cancelled now, and those that are being published already */
  async execute(
    { workspaceId, targetIds, actor }: { workspaceId: string; targetIds: readonly string[]; actor: string },
    tx: Tx,
  ): Promise<{ readonly cancelled: readonly string[]; readonly tooLate: readonly string[] }> {
    const locked = [...(await this.store.lockMany(targetIds, tx)).values()];
    const own = locked.filter((target) => target.workspaceId === workspaceId);
    const waiting = own.filter(({ status }) => CANCELLABLE.includes(status));
    const refs = waiting.map(({ id, version }) => ({ targetId: id, version }));
    const taken = await this.store.takeVersions(refs, 'cancel', tx);
    const gone = waiting.filter(({ id }) => taken.has(id));
    if (gone.length > 0) {
      const changes = gone.map((target) => ({ target, step: CANCELLED, cause: { actor } }));
      await this.store.applyMany(changes, tx);
      await this.events.append(
        gone.map((target) => targetEvent('post.cancelled', target, TOLD)),
        tx,
      );
    }
    const late = own.filter(
      ({ id, status }) => status === 'publishing' || (CANCELLABLE.includes(status) && !taken.has(id)),
    );
    return { cancelled: gone.map(({ id }) => id), tooLate: late.map(({ id }) => id) };
  }
}
