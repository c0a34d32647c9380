import { Injectable } from '@nestjs/common';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { GIVE_UP_AFTER } from '../domain/refresh.policy.js';
import { RefreshLeases } from '../domain/refresh-leases.port.js';
import { RefreshCredentials, type RefreshResult } from './refresh-credentials.js';

const BATCH = 200;
const AT_ONCE = 8;

/** Renews tokens before they end, so that a publish seldom has to. */
@Injectable()
export class RefreshDueAccounts {
  constructor(
    private readonly leases: RefreshLeases,
    private readonly refresh: RefreshCredentials,
  ) {}

  /** @returns how many accounts ended in each result */
  async runOnce(): Promise<Partial<Record<RefreshResult, number>>> {
    const waiting = [...(await this.leases.due(BATCH))];
    const counts: Partial<Record<RefreshResult, number>> = {};
    const failures = new Map<PlatformName, number>();
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const failed = failures.get(next.platform) ?? 0;
        // Its token endpoint is away: those behind it wait for the next round instead of a timeout each.
        if (failed >= GIVE_UP_AFTER) continue;
        const result = await this.refresh.execute(next.id, next.tokenVersion, { isTrial: next.isTrial });
        counts[result] = (counts[result] ?? 0) + 1;
        failures.set(next.platform, result === 'unavailable' ? failed + 1 : 0);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return counts;
  }
}
