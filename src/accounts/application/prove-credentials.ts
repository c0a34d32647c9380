import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { ConnectOutcome, Credentials } from '../../platforms/domain/publish-outcome.js';
import type { ProvenIdentity } from '../domain/account-store.port.js';

const CONNECT_TIMEOUT_MS = 20 * SECOND_MS;

/** Asks the platform who credentials belong to. Calls out, so it runs before any transaction. */
@Injectable()
export class ProveCredentials {
  constructor(private readonly platforms: PlatformRegistry) {}

  /** @throws DomainError `account.credentials_refused`, `account.platform_unreachable`, `platform.unknown` */
  async execute(platform: PlatformName, credentials: Credentials): Promise<ProvenIdentity> {
    const outcome = await this.platforms.get(platform).connect(credentials, AbortSignal.timeout(CONNECT_TIMEOUT_MS));
    switch (outcome.kind) {
      case 'connected': {
        const { externalId, displayName, scopes, tokenExpiresAt } = outcome;
        const expiry = tokenExpiresAt === undefined ? {} : { tokenExpiresAt };
        return { platform, externalId, displayName, credentials: outcome.credentials, scopes, ...expiry };
      }
      case 'unauthorised':
      case 'rejected':
        throw refused(platform, outcome);
      case 'unavailable':
        throw unreachable(platform);
    }
  }
}

const refused = (platform: PlatformName, { platformCode }: Exclude<ConnectOutcome, { kind: 'connected' }>) =>
  new DomainError(
    'unprocessable',
    'account.credentials_refused',
    `${platform} does not accept these credentials. Check them, or get new ones from the platform, and try again.`,
    { platform, ...(platformCode === undefined ? {} : { platformCode }) },
  );

const unreachable = (platform: PlatformName) =>
  new DomainError(
    'unavailable',
    'account.platform_unreachable',
    `${platform} cannot be reached right now, so the account was not connected. Try again in a few minutes.`,
    { platform },
  );
