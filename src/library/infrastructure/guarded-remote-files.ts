import type { BeforeApplicationShutdown } from '@nestjs/common';
import { assertPublicUrl } from '../../infra/fetch/guarded-dispatcher.js';
import { type FetchLimits, GuardedFetch } from '../../infra/fetch/guarded-fetch.js';
import type { FetchPolicy } from '../../infra/fetch/public-address.js';
import { type RemoteFile, RemoteFiles } from '../domain/remote-files.port.js';

/** Files through the guarded door. */
export class GuardedRemoteFiles extends RemoteFiles implements BeforeApplicationShutdown {
  private readonly door: GuardedFetch;

  constructor(
    private readonly policy: FetchPolicy,
    readonly maxBytes: number,
    limits: Partial<FetchLimits> = {},
  ) {
    super();
    this.door = new GuardedFetch(policy, limits);
  }

  check(url: string): void {
    assertPublicUrl(url, this.policy);
  }

  open(url: string, signal: AbortSignal): Promise<RemoteFile> {
    return this.door.open(url, { maxBytes: this.maxBytes, signal });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.door.close();
  }
}
