import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { Credentials } from '../../platforms/domain/publish-outcome.js';
import type { ProvenIdentity } from '../domain/account-store.port.js';
import { credentialsRefused, unreachable } from './connecting-errors.js';

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
        const { kind: _, ...identity } = outcome;
        return { platform, ...identity };
      }
      case 'unauthorised':
      case 'rejected':
        throw credentialsRefused(platform, outcome);
      case 'unavailable':
        throw unreachable(platform);
    }
  }
}
