import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { AccountId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { PlatformRegistry } from '../../platforms/domain/platform.port.js';
import type { ConnectOutcome } from '../../platforms/domain/publish-outcome.js';
import { judgeRefresh, REFRESH_CALL_TIMEOUT_MS, STORE_FOR_MS, WAIT_FOR_OTHER_MS } from '../domain/refresh.policy.js';
import {
  type RefreshLease,
  RefreshLeases,
  type RefreshState,
  type RenewedPair,
} from '../domain/refresh-leases.port.js';
import { AccountTrouble } from './account-trouble.js';

/**
 * - `refreshed`: we renewed the pair; read it again and retry
 * - `moved`: someone else renewed it meanwhile; read it again and retry
 * - `unavailable`: the old pair is kept; try later
 * - `needs_reconnect`: only the account's owner can help
 */
export type RefreshResult = 'refreshed' | 'moved' | 'unavailable' | 'needs_reconnect';

const LOOK_EVERY_MS = 200;
const STORE_AGAIN_MS = 500;

/** Renews an account's credentials: one call at a time over all processes, never inside a transaction (design 4.6). */
@Injectable()
export class RefreshCredentials {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly leases: RefreshLeases,
    private readonly platforms: PlatformRegistry,
    private readonly trouble: AccountTrouble,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @param seenVersion `tokenVersion` of the pair that was refused; a newer one is then left alone
   * @param isTrial nothing was refused and nothing has ended: a refusal now does not count
   */
  async execute(accountId: AccountId, seenVersion?: number, { isTrial = false } = {}): Promise<RefreshResult> {
    const lease = await this.leases.take(accountId, seenVersion);
    if (lease) return this.refresh(lease, isTrial);
    const state = await this.leases.state(accountId);
    if (!state?.canRefresh) return 'needs_reconnect';
    if (seenVersion !== undefined && state.tokenVersion !== seenVersion) return 'moved';
    if (state.isLeased) return this.waitForOther(accountId, state);
    // Nothing stands in the way any more: whoever held the lease has ended between our two looks.
    return state.wasJustRefused ? 'unavailable' : 'moved';
  }

  private async refresh(lease: RefreshLease, isTrial: boolean): Promise<RefreshResult> {
    const verdict = judgeRefresh(await this.call(lease), lease.externalId);
    switch (verdict.kind) {
      case 'renewed':
        return (await this.store(lease, verdict.outcome)) ? 'refreshed' : 'moved';
      case 'refused':
        if (!isTrial) return this.refuse(lease);
        await this.leases.release(lease);
        return 'unavailable';
      case 'failed':
        await this.leases.release(lease);
        return 'unavailable';
    }
  }

  /** Whatever goes wrong inside an adapter says nothing about the credentials. */
  private async call(lease: RefreshLease): Promise<ConnectOutcome | undefined> {
    const signal = AbortSignal.timeout(REFRESH_CALL_TIMEOUT_MS);
    const { accountId, externalId, credentials } = lease;
    try {
      return await this.platforms.get(lease.platform).refresh({ accountId, externalId, credentials, signal });
    } catch {
      return { kind: 'unavailable', detail: 'the adapter failed' };
    }
  }

  /**
   * The old pair may be dead from here on, so a database that is away must not cost the new one. Nobody else can take
   * the lease meanwhile; who does so right after the database is back makes this one `moved`.
   */
  private async store(lease: RefreshLease, pair: RenewedPair): Promise<boolean> {
    for (let waited = 0; ; waited += STORE_AGAIN_MS) {
      try {
        return await this.leases.store(lease, pair);
      } catch (error) {
        if (waited >= STORE_FOR_MS) throw error;
        this.logger.warn(
          { err: error, accountId: lease.accountId },
          'A renewed token could not be stored; trying again',
        );
        await pause(STORE_AGAIN_MS);
      }
    }
  }

  private refuse(lease: RefreshLease): Promise<RefreshResult> {
    return this.unitOfWork.run(async (tx) => {
      const refusal = await this.leases.refuse(lease, tx);
      if (refusal === 'moved') return 'moved';
      if (refusal === 'first') return 'unavailable';
      await this.trouble.needsReconnect(lease.accountId, 'refresh_refused', tx);
      return 'needs_reconnect';
    });
  }

  private async waitForOther(accountId: AccountId, before: RefreshState): Promise<RefreshResult> {
    for (let waited = 0; waited < WAIT_FOR_OTHER_MS; waited += LOOK_EVERY_MS) {
      await pause(LOOK_EVERY_MS);
      const now = await this.leases.state(accountId);
      if (!now?.canRefresh) return 'needs_reconnect';
      if (now.tokenVersion !== before.tokenVersion) return 'moved';
      if (!now.isLeased) return 'unavailable';
    }
    return 'unavailable';
  }
}
