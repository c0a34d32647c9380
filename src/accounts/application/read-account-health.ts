import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import { isHandOffIdentity } from '../../platforms/domain/hand-off-mode.js';
import { type PlatformCapabilities, PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { Account } from '../domain/account.js';
import { type HealthReason, reasonsAgainst } from '../domain/account-health.policy.js';
import { AccountStore } from '../domain/account-store.port.js';
import { Quotas, type QuotaUse } from '../domain/quotas.port.js';

/** Can this account post, and if not, why. */
export interface AccountHealth {
  readonly account: Account;
  /** Empty: it can. */
  readonly reasons: readonly HealthReason[];
  readonly quotas: readonly QuotaUse[];
  readonly capabilities: PlatformCapabilities;
  /** When this was so. */
  readonly now: Date;
}

@Injectable()
export class ReadAccountHealth {
  constructor(
    private readonly accounts: AccountStore,
    private readonly quotas: Quotas,
    private readonly platforms: PlatformRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `account.not_found` */
  async execute(workspaceId: WorkspaceId, id: AccountId): Promise<AccountHealth> {
    const account = await this.accounts.get(workspaceId, id);
    if (!account) throw notFound('account', id);
    const now = this.clock.now();
    // Nothing is counted where a person posts.
    const quotas = isHandOffIdentity(account.externalId) ? [] : await this.quotas.usage(account, now);
    const capabilities = this.platforms.get(account.platform).capabilities();
    return { account, reasons: reasonsAgainst(account, quotas), quotas, capabilities, now };
  }
}
