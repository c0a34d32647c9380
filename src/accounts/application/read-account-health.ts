import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import { plusMs, SECOND_MS } from '../../kernel/durations.js';
import { isHandOffIdentity } from '../../platforms/domain/hand-off-mode.js';
import { type PlatformCapabilities, PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { Account } from '../domain/account.js';
import { type HealthReason, reasonsAgainst } from '../domain/account-health.policy.js';
import { AccountStore } from '../domain/account-store.port.js';
import { PLATFORM_COUNT_KIND, Quotas, type QuotaUse } from '../domain/quotas.port.js';
import { TokenVault } from '../domain/token-vault.port.js';

/** Health must answer when the platform does not. */
const LIMIT_TIMEOUT_MS = 3 * SECOND_MS;

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
    private readonly vault: TokenVault,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `account.not_found` */
  async execute(workspaceId: WorkspaceId, id: AccountId): Promise<AccountHealth> {
    const account = await this.accounts.get(workspaceId, id);
    if (!account) throw notFound('account', id);
    const now = this.clock.now();
    // Nothing is counted where a person posts.
    const quotas = isHandOffIdentity(account.externalId) ? [] : await this.quotasOf(account, now);
    const capabilities = this.platforms.get(account.platform).capabilities();
    return { account, reasons: reasonsAgainst(account, quotas), quotas, capabilities, now };
  }

  private async quotasOf(account: Account, now: Date): Promise<readonly QuotaUse[]> {
    const [ours, theirs] = await Promise.all([this.quotas.usage(account, now), this.countOfPlatform(account, now)]);
    return [...ours, ...theirs];
  }

  /** What other programs published too; nothing where the platform does not tell, or not in time. */
  private async countOfPlatform(account: Account, now: Date): Promise<readonly QuotaUse[]> {
    const access = account.status === 'active' ? await this.vault.contextOf(account.id) : undefined;
    if (!access) return [];
    const { externalId, credentials } = access;
    const signal = AbortSignal.timeout(LIMIT_TIMEOUT_MS);
    const platform = this.platforms.get(account.platform);
    const limit = await platform.publishingLimit({ accountId: account.id, externalId, credentials, signal });
    if (limit?.kind !== 'limit' || limit.total === undefined) return [];
    // The window rolls: by its whole length from now all of it is free again.
    const resetsAt = plusMs(now, limit.windowSeconds * SECOND_MS);
    return [{ scope: 'account', kind: PLATFORM_COUNT_KIND, limit: limit.total, used: limit.used, resetsAt }];
  }
}
