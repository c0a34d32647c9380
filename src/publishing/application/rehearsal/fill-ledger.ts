import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { QuotaRules } from '../../../accounts/domain/quota.policy.js';
import { Quotas } from '../../../accounts/index.js';
import { ComingTargets } from '../../domain/rehearsal/coming-targets.port.js';
import { FallbackLoads } from '../../domain/rerouting/fallback-loads.port.js';
import { NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import type { ImaginedOutage } from '../../domain/rehearsal/rehearsal.js';
import type { RehearsalLedger } from '../../domain/rehearsal/rehearsal-ledger.js';
import { isByHand, loadOfAccount } from '../rerouting/account-health.js';

/** The caps on publishing that hold in this instance. */
export class RehearsalRules {
  constructor(readonly quotas: QuotaRules) {}
}

/** Brings fallbacks into a rehearsal with what they have used and what they have planned themselves. */
@Injectable()
export class FillLedger {
  constructor(
    private readonly coming: ComingTargets,
    private readonly quotas: Quotas,
    private readonly loads: FallbackLoads,
    readonly rules: RehearsalRules,
  ) {}

  async execute(ledger: RehearsalLedger, accounts: readonly AccountFacts[], outage: ImaginedOutage): Promise<void> {
    const fresh = [...new Map(accounts.map((account) => [account.id, account])).values()].filter(
      ({ id }) => !ledger.knows(id),
    );
    if (fresh.length === 0) return;
    const hourly = await this.coming.hourly(
      outage,
      fresh.map(({ id }) => id),
    );
    const loads = await this.loads.read(fresh, outage.from);
    const own = Map.groupBy(hourly, ({ accountId }) => accountId);
    for (const account of fresh) {
      const { id, platform } = account;
      // A person who posts by hand uses no call of ours.
      const usage = isByHand(account) ? [] : await this.quotas.usage({ id, platform }, outage.from);
      const load = loadOfAccount(account, loads.get(id) ?? NO_LOAD);
      ledger.add({ holder: { id, platform }, usage, own: own.get(id) ?? [], load });
    }
  }
}
