import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import { type PlatformCapabilities, PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { Account } from '../domain/account.js';
import { AccountStore } from '../domain/account-store.port.js';
import { Quotas, type QuotaUse } from '../domain/quotas.port.js';

/** Can this account post, and if not, why. */
export interface AccountHealth {
  readonly account: Account;
  readonly quotas: readonly QuotaUse[];
  readonly capabilities: PlatformCapabilities;
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
    const quotas = await this.quotas.usage(account, this.clock.now());
    return { account, quotas, capabilities: this.platforms.get(account.platform).capabilities() };
  }
}
