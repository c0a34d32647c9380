import { Injectable } from '@nestjs/common';
import { RefreshCredentials, TokenVault } from '../../accounts/index.js';
import type { PlatformContext } from '../../platforms/domain/platform.port.js';

/** A context that remembers which token it carries. */
export type AccountContext = PlatformContext & { readonly tokenVersion: number };

/** Credentials for calls in an account's name. */
@Injectable()
export class PlatformAccess {
  constructor(
    private readonly vault: TokenVault,
    private readonly refresh: RefreshCredentials,
  ) {}

  /** undefined when the account has no credentials any more. */
  async contextOf(accountId: string, signal: AbortSignal): Promise<AccountContext | undefined> {
    const access = await this.vault.contextOf(accountId);
    return access && { accountId, ...access, signal };
  }

  /** Refreshes after a refused token. @returns a context with a newer token, or undefined when there is none */
  async renewed(context: AccountContext): Promise<AccountContext | undefined> {
    const result = await this.refresh.execute(context.accountId, context.tokenVersion);
    return result === 'refreshed' || result === 'moved' ? this.contextOf(context.accountId, context.signal) : undefined;
  }
}
