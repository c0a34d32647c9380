import { Injectable } from '@nestjs/common';
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
    const waiting = await this.leases.due(BATCH);
    const counts: Partial<Record<RefreshResult, number>> = {};
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const result = await this.refresh.execute(id);
        counts[result] = (counts[result] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return counts;
  }
}
