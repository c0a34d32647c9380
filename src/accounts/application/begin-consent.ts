import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../kernel/domain-error.js';
import { SECOND_MS } from '../../kernel/durations.js';
import type { Tx } from '../../kernel/transaction.js';
import { oauthCallbackPath, type PlatformOAuth } from '../../platforms/domain/oauth.port.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';
import { PlatformRegistry } from '../../platforms/domain/platform.port.js';
import { AccountStore } from '../domain/account-store.port.js';
import { assertOwnUrl, type ConsentWish, CREDENTIAL_HINTS, newSecret, type PendingConsent } from '../domain/consent.js';
import { Consents } from '../domain/consents.port.js';
import { consentRefused, unreachable } from './connecting-errors.js';

const AUTHORIZE_TIMEOUT_MS = 20 * SECOND_MS;

/** Where to send the browser, and what must be kept until it returns. */
export interface BegunConsent {
  readonly url: string;
  readonly state: string;
  readonly pending: PendingConsent;
}

/** Asks the adapter for the consent page. Some platforms are called for it, so it runs before any transaction. */
@Injectable()
export class BeginConsent {
  constructor(
    private readonly platforms: PlatformRegistry,
    private readonly accounts: AccountStore,
    private readonly consents: Consents,
  ) {}

  /**
   * @param publicUrl where browsers reach us, without a trailing slash
   * @throws DomainError `account.no_consent_page`, `account.return_url_refused`, `account.not_found`,
   *   `account.other_platform`, `account.consent_refused`, `account.platform_unreachable`, `platform.unknown`
   */
  async ask(wish: ConsentWish, publicUrl: string): Promise<BegunConsent> {
    const oauth = this.oauthOf(wish.platform);
    if (wish.returnUrl !== undefined) assertOwnUrl(wish.returnUrl, publicUrl);
    await this.checkAccount(wish);
    const [state, codeVerifier] = [newSecret(), newSecret()];
    const redirectUri = publicUrl + oauthCallbackPath(wish.platform);
    const signal = AbortSignal.timeout(AUTHORIZE_TIMEOUT_MS);
    const answer = await oauth.authorize({ redirectUri, state, codeVerifier, options: wish.options, signal });
    if (answer.kind === 'unavailable') throw unreachable(wish.platform);
    if (answer.kind === 'rejected') throw consentRefused(wish.platform, answer);
    return { url: answer.url, state, pending: { ...wish, redirectUri, codeVerifier, kept: answer.kept } };
  }

  /** @returns when the consent expires */
  keep({ state, pending }: BegunConsent, browserHash: Buffer | undefined, tx: Tx): Promise<Date> {
    return this.consents.keep(state, { ...pending, browserHash }, tx);
  }

  private oauthOf(platform: PlatformName): PlatformOAuth {
    const { oauth } = this.platforms.get(platform);
    if (oauth) return oauth;
    throw new DomainError(
      'unprocessable',
      'account.no_consent_page',
      `${platformTitle(platform)} has no consent page. Connect it with POST /v1/accounts and these credentials: ${CREDENTIAL_HINTS[platform]}.`,
      { platform },
    );
  }

  private async checkAccount({ workspaceId, accountId, platform }: ConsentWish): Promise<void> {
    if (accountId === undefined) return;
    const account = await this.accounts.get(workspaceId, accountId);
    if (!account) throw notFound('account', accountId);
    if (account.platform === platform) return;
    throw new DomainError(
      'unprocessable',
      'account.other_platform',
      `This account is on ${platformTitle(account.platform)}. Use POST /v1/accounts/connect/${account.platform} for it.`,
      { platform: account.platform },
    );
  }
}
