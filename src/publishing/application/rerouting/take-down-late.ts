import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { RemoveOutcome } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { REMOVE_LEASE_MS, settleRemoval } from '../../domain/rerouting/removal.policy.js';
import { type RemovalDue, Removals } from '../../domain/rerouting/removals.port.js';
import { Engine } from '../engine.js';
import { PlatformAccess } from '../firing/platform-access.js';
import { TellRemoved } from './tell-removed.js';

const BATCH = 20;
/** One removal call; well below its lease. */
const CALL_TIMEOUT_MS = 60_000;

/** Takes late copies down whose route says so: intent first, then the call, then its outcome. */
@Injectable()
export class TakeDownLate {
  private readonly logger = new Logger('LateCopies');

  constructor(
    private readonly removals: Removals,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly unitOfWork: UnitOfWork,
    private readonly told: TellRemoved,
    private readonly engine: Engine,
  ) {}

  /** @returns how many calls were made */
  async runOnce(): Promise<number> {
    const due = await this.removals.claim(BATCH, REMOVE_LEASE_MS);
    for (const removal of due) await this.takeDown(removal);
    return due.length;
  }

  private async takeDown(removal: RemovalDue): Promise<void> {
    const outcome = await this.call(removal).catch((error: unknown) => unavailable(String(error)));
    const step = settleRemoval(outcome, removal.tries, this.engine.now());
    await this.unitOfWork.run(async (tx) => {
      await this.removals.settle(removal.targetId, step, tx);
      if (step.state === 'removed') await this.told.execute(removal, tx);
    });
    this.logger.log({ targetId: removal.targetId, state: step.state }, 'A late copy was to be taken down');
  }

  private async call({ platform, accountId, platformPostId }: RemovalDue): Promise<RemoveOutcome> {
    const adapter = this.platforms.get(platform);
    const context = await this.access.contextOf(accountId, AbortSignal.timeout(CALL_TIMEOUT_MS));
    if (!context) return unavailable('The account has no credentials any more.');
    const outcome = await adapter.remove(context, platformPostId);
    if (outcome.kind !== 'unauthorised') return outcome;
    const renewed = await this.access.renewed(context);
    return renewed ? adapter.remove(renewed, platformPostId) : outcome;
  }
}

const unavailable = (detail: string): RemoveOutcome => ({ kind: 'unavailable', detail });
