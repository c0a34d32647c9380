import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import {
  type CallsWanted,
  type LookDue,
  type LookResult,
  MetricLooks,
} from '../../domain/metrics/metric-looks.port.js';
import { CLAIM, ENROL, STORE, TAKE_CALLS } from './metric-looks.sql.js';

const CONSUMER = 'post-metrics';
const EVENTS = 1_000;

type ClaimedRow = Omit<LookDue, 'platformPostId' | 'before'> & {
  readonly platformPostId: string | null;
  readonly beforeAt: Date | null;
  readonly beforeViews: number | null;
};

@Injectable()
export class MetricLooksRepository extends MetricLooks {
  constructor(
    private readonly database: Database,
    private readonly outbox: EventOutbox,
  ) {
    super();
  }

  async enrol(platforms: readonly PlatformName[], wish: { firstMs: number; forMs: number }): Promise<number> {
    return this.outbox.consume(CONSUMER, EVENTS, async (events, tx) => {
      const ids = events.filter(({ type }) => type === 'post.published').map(({ subjectId }) => subjectId);
      if (ids.length > 0) await this.database.affected(ENROL, [ids, platforms, wish.firstMs, wish.forMs], tx);
    });
  }

  dismiss(): Promise<void> {
    return this.outbox.dismiss(CONSUMER);
  }

  async claim(limit: number, leaseMs: number): Promise<readonly LookDue[]> {
    const rows = await this.database.rows<ClaimedRow>(CLAIM, [limit, leaseMs]);
    return rows.map(({ platformPostId, beforeAt, beforeViews, ...row }) => ({
      ...row,
      ...(platformPostId === null ? {} : { platformPostId }),
      ...(beforeAt && beforeViews !== null ? { before: { at: beforeAt, views: beforeViews } } : {}),
    }));
  }

  async store(results: readonly LookResult[], tx?: Tx): Promise<readonly string[]> {
    if (results.length === 0) return [];
    const values = [
      results.map(({ targetId }) => targetId),
      results.map(({ claim }) => claim),
      results.map(({ failures }) => failures),
      results.map(({ nextAt }) => nextAt ?? null),
      results.map(({ sample }) => sample?.at ?? null),
      results.map(({ sample }) => sample?.milestoneSeconds ?? null),
      results.map(({ sample }) => sample?.suspect ?? false),
      results.map(({ sample }) => sample?.views ?? null),
      results.map(({ sample }) => sample?.likes ?? null),
      results.map(({ sample }) => sample?.comments ?? null),
      results.map(({ sample }) => sample?.shares ?? null),
      results.map(({ permalink }) => permalink ?? null),
    ];
    const stored = await this.database.rows<{ targetId: string }>(STORE, values, tx);
    return stored.map(({ targetId }) => targetId);
  }

  async takeCalls({ scopeId, calls, limit, windowMs }: CallsWanted): Promise<Date | undefined> {
    const row = await this.database.row<{ granted: boolean; ends: Date }>(TAKE_CALLS, [
      scopeId,
      calls,
      limit,
      windowMs,
    ]);
    return row?.granted ? undefined : row?.ends;
  }
}
