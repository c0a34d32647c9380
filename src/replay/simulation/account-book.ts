import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { Scenario, SimulatedAccount } from './scenario.js';

/** The accounts as the product knows them: status and reported caps. */
export class AccountBook {
  private readonly facts = new Map<string, AccountFacts>();
  private readonly simulated = new Map<string, SimulatedAccount>();
  private readonly caps = new Map<string, Date>();

  constructor(scenario: Scenario) {
    for (const account of scenario.accounts) {
      this.simulated.set(account.id, account);
      this.facts.set(account.id, { ...account, status: 'active', displayName: account.id, externalId: account.id });
    }
  }

  get(id: string): AccountFacts | undefined {
    return this.facts.get(id);
  }

  /** @throws RangeError when the scenario has no such account */
  simulatedAccount(id: string): SimulatedAccount {
    const account = this.simulated.get(id);
    if (!account) throw new RangeError(`No account ${id}.`);
    return account;
  }

  ofWorkspace(workspaceId: string): readonly AccountFacts[] {
    return [...this.facts.values()].filter((account) => account.workspaceId === workspaceId);
  }

  setStatus(id: string, status: AccountFacts['status']): void {
    const account = this.facts.get(id);
    if (account) this.facts.set(id, { ...account, status });
  }

  reportCap(id: string, until: Date): void {
    const known = this.caps.get(id);
    if (!known || known < until) this.caps.set(id, until);
  }

  /** Until when the account may not publish; undefined: it may. */
  capOf(id: string, now: Date): Date | undefined {
    const until = this.caps.get(id);
    return until && until > now ? until : undefined;
  }
}
