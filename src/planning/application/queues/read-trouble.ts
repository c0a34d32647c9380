import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../../accounts/index.js';
import { type HealthState, worseOf } from '../../../health/domain/health-state.js';
import { HealthView } from '../../../health/index.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { isHandOffIdentity } from '../../../platforms/domain/hand-off-mode.js';
import { isPanic } from '../../../routing/domain/fallback.policy.js';

/** How the platforms of one workspace do. */
export interface Trouble {
  readonly hasIncident: boolean;
  readonly isPanic: boolean;
  /** Accounts that post by themselves, with the state of their platform in their region. */
  readonly accounts: readonly { readonly account: AccountFacts; readonly state: HealthState }[];
}

/** Asks health about the accounts of a workspace; accounts that a person posts on are left out. */
@Injectable()
export class ReadTrouble {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly health: HealthView,
  ) {}

  /** True when no platform is down anywhere: nothing need be asked. */
  isQuiet(): boolean {
    return this.health.isSelfSuspect() || this.health.placesWhere((state) => state === 'down').length === 0;
  }

  async of(workspaceId: WorkspaceId, tx?: Tx): Promise<Trouble> {
    const all = await this.directory.list(workspaceId, tx);
    const accounts = all
      .filter(({ externalId, status }) => status === 'active' && !isHandOffIdentity(externalId))
      .map((account) => ({
        account,
        state: this.health.stateOf(account.platform, account.region, workspaceId).state,
      }));
    const byPlatform = Map.groupBy(accounts, ({ account }) => account.platform);
    const workspacePlatforms = [...byPlatform].map(([platform, own]) => ({
      platform,
      state: own.map(({ state }) => state).reduce(worseOf),
    }));
    return {
      hasIncident: workspacePlatforms.some(({ state }) => state === 'down'),
      isPanic: isPanic({ workspacePlatforms }),
      accounts,
    };
  }
}
