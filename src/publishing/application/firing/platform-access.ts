import { Injectable } from '@nestjs/common';
import { type AccountAccess, endsSoon, RefreshCredentials, TokenVault } from '../../../accounts/index.js';
import type { PlatformContext } from '../../../platforms/domain/platform.port.js';
import { Engine } from '../engine.js';

/** A context that remembers which token it carries. */
export type AccountContext = PlatformContext & AccountAccess;

/** Credentials for calls in an account's name. */
@Injectable()
export class PlatformAccess {
  constructor(
    private readonly vault: TokenVault,
    private readonly refresh: RefreshCredentials,
    private readonly engine: Engine,
  ) {}

  /** Renews a token that ends soon first. undefined when the account has no credentials any more. */
  async contextOf(accountId: string, signal: AbortSignal): Promise<AccountContext | undefined> {
    const context = await this.read(accountId, signal);
    if (!context || !endsSoon(context.tokenExpiresAt, this.engine.now())) return context;
    // Without a new one the old one is tried: the platform's word counts, not our clock.
    return (await this.renewed(context)) ?? context;
  }

  /** Refreshes after a refused token. @returns a context with a newer token, or undefined when there is none */
  async renewed(context: AccountContext): Promise<AccountContext | undefined> {
    const result = await this.refresh.execute(context.accountId, context.tokenVersion);
    return result === 'refreshed' || result === 'moved' ? this.read(context.accountId, context.signal) : undefined;
  }

  private async read(accountId: string, signal: AbortSignal): Promise<AccountContext | undefined> {
    const access = await this.vault.contextOf(accountId);
    return access && { accountId, ...access, signal };
  }
}
