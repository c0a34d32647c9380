import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { SECOND_MS } from '../../kernel/durations.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import type { ExchangeOutcome } from '../../platforms/domain/oauth.port.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { ConnectedIdentity } from '../../platforms/domain/publish-outcome.js';
import type { Account } from '../domain/account.js';
import type { ProvenIdentity } from '../domain/account-store.port.js';
import { hashOf, type PendingConsent } from '../domain/consent.js';
import { Consents } from '../domain/consents.port.js';
import { ConnectAccount } from './connect-account.js';
import { consentDenied, consentRefused, consentUnknown, otherIdentity, unreachable } from './connecting-errors.js';

const EXCHANGE_TIMEOUT_MS = 30 * SECOND_MS;
/** What platforms call it when a person presses "no" (RFC 6749 4.1.2.1, and Meta's own word). */
const DENIALS = ['access_denied', 'user_denied', 'user_cancelled'];

/** The browser as it came back. */
export interface ReturnedBrowser {
  readonly platform: PlatformName;
  readonly query: Readonly<Record<string, string>>;
  /** The cookie it was given when it left, by state. */
  readonly cookieOf: (state: string) => string | undefined;
}

/** A consent whose state was ours: what became of it, and where a browser that a page of ours sent away goes on. */
export interface EndedConsent {
  /** Only when a page of our own began it and said where to; below our own public address. */
  readonly backTo?: string;
  /** Absent when it failed. */
  readonly finished?: FinishedConsent;
  /** Why it failed: a `DomainError` as below, or a bug. */
  readonly fault?: unknown;
}

export interface FinishedConsent {
  readonly accounts: readonly Account[];
  /** Limits the platform puts on them, as sentences. */
  readonly notices: readonly string[];
  readonly returnUrl?: string;
}

/** Turns a consent into connected accounts. The state is spent whatever comes of it; a refusal stores nothing. */
@Injectable()
export class FinishConsent {
  private readonly logger = new Logger('Consent');

  constructor(
    private readonly consents: Consents,
    private readonly platforms: PlatformRegistry,
    private readonly connections: ConnectAccount,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @returns with a `fault` of `account.consent_denied`, `account.consent_refused`, `account.platform_unreachable` or
   *   `account.other_identity` when nothing was connected
   * @throws DomainError `account.consent_unknown`
   */
  async execute(browser: ReturnedBrowser): Promise<EndedConsent> {
    const pending = await this.pendingOf(browser);
    const { browserHash, returnUrl } = pending;
    const way = browserHash && returnUrl !== undefined ? { backTo: returnUrl } : {};
    return this.finish(pending, browser).then(
      (finished) => ({ ...way, finished }),
      (fault: unknown) => ({ ...way, fault }),
    );
  }

  private async finish(pending: PendingConsent, { platform, query }: ReturnedBrowser): Promise<FinishedConsent> {
    if (DENIALS.includes(query['error'] ?? '')) throw consentDenied(platform);
    const outcome = await this.exchange(pending, query);
    if (outcome.kind === 'unavailable') throw unreachable(platform);
    if (outcome.kind !== 'connected') throw consentRefused(platform, outcome);
    const accounts = await this.unitOfWork.run((tx) => this.connect(pending, outcome.identities, tx));
    const notices = [...new Set(outcome.identities.flatMap((identity) => identity.notices ?? []))];
    return { accounts, notices, ...(pending.returnUrl === undefined ? {} : { returnUrl: pending.returnUrl }) };
  }

  private async pendingOf({ platform, query, cookieOf }: ReturnedBrowser): Promise<PendingConsent> {
    const state = query['state'];
    const pending = state === undefined ? undefined : await this.consents.take(state, platform);
    if (state === undefined || !pending) throw consentUnknown();
    const { browserHash } = pending;
    if (browserHash && !timingSafeEqual(browserHash, hashOf(cookieOf(state) ?? ''))) throw consentUnknown();
    return pending;
  }

  /** Whatever goes wrong inside an adapter, the code is spent and a person must start again. */
  private async exchange(pending: PendingConsent, query: ReturnedBrowser['query']): Promise<ExchangeOutcome> {
    const { platform, redirectUri, codeVerifier, options, kept } = pending;
    const signal = AbortSignal.timeout(EXCHANGE_TIMEOUT_MS);
    const callback = { redirectUri, codeVerifier, options, kept, query, state: query['state'] ?? '', signal };
    try {
      const oauth = this.platforms.get(platform).oauth;
      return (await oauth?.exchange(callback)) ?? { kind: 'unavailable' };
    } catch (error) {
      this.logger.error({ err: error, platform }, 'An adapter failed in the exchange of a code');
      return { kind: 'unavailable' };
    }
  }

  private async connect(
    pending: PendingConsent,
    identities: readonly ConnectedIdentity[],
    tx: Tx,
  ): Promise<readonly Account[]> {
    const { workspaceId, actor, platform, accountId, region } = pending;
    const proven = identities.map((identity): ProvenIdentity => ({ ...identity, platform }));
    if (accountId !== undefined) return [await this.reconnect(pending, accountId, proven, tx)];
    // A name for one account is no name for several.
    const displayName = proven.length === 1 ? pending.displayName : undefined;
    const accounts: Account[] = [];
    // In one order, so that two consents of one login never wait for each other in a circle.
    for (const identity of proven.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1)))
      accounts.push(await this.connections.execute({ workspaceId, actor, region, displayName }, identity, tx));
    return accounts;
  }

  private async reconnect(
    { workspaceId, actor }: PendingConsent,
    id: string,
    proven: readonly ProvenIdentity[],
    tx: Tx,
  ): Promise<Account> {
    const wanted = await this.connections.identityOf(workspaceId, id, tx);
    const same = proven.find(({ externalId }) => externalId === wanted);
    if (!same) throw otherIdentity();
    return this.connections.reconnect({ workspaceId, id, actor }, same, tx);
  }
}
