import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { fullBecause, NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import { fallbackLost } from '../../domain/rerouting/reroute.errors.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';
import { loadOfAccount } from './account-health.js';
import { GatherFacts } from './gather-facts.js';

/**
 * The last word before a replacement is written: under the account's lock everything that others may have taken since
 * the decision is asked once more. Two origins that chose one place: the first has it, the other asks again.
 */
@Injectable()
export class AdmitFallback {
  constructor(
    private readonly gather: GatherFacts,
    private readonly loads: FallbackLoads,
    private readonly engine: Engine,
  ) {}

  /** @throws DomainError `target.fallback_lost` when the place is gone */
  async execute(target: TargetRecord, accountId: string, tx: Tx): Promise<void> {
    await this.loads.lock([accountId], tx);
    const [facts] = await this.gather.execute([target], tx, accountId);
    const option = facts?.fallbacks[0];
    if (!facts || !option) throw fallbackLost(accountId, 'it is gone');
    const { account, carriesOccurrence, usedRecently, paused } = option;
    if (account.status !== 'active' || paused) throw fallbackLost(accountId, 'it cannot publish');
    if (carriesOccurrence || usedRecently) throw fallbackLost(accountId, 'it got this post meanwhile');
    const at = later(target.scheduledAt, this.engine.now());
    const read = await this.loads.read([account], at, tx);
    const load = loadOfAccount(account, read.get(accountId) ?? NO_LOAD);
    const { maxExtraPerDay } = facts.route;
    const because = fullBecause(load, { at, maxExtraPerDay }, this.engine.settings.routing.load);
    if (because) throw fallbackLost(accountId, `it takes over no more in this ${because}`);
  }
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
