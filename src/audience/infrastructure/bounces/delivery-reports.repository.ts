import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { SOFT_CLASSES } from '../../domain/bounces/delivery-class.js';
import {
  type DeliveryReport,
  DeliveryReports,
  type DomainTally,
  type NewDeliveryReport,
  type ReportFilter,
  type ReportOwner,
} from '../../domain/bounces/delivery-reports.port.js';
import type { SoftBounces } from '../../domain/bounces/soft-bounces.js';
import * as sql from './delivery-reports.sql.js';

@Injectable()
export class DeliveryReportsRepository extends DeliveryReports {
  constructor(private readonly database: Database) {
    super();
  }

  override tally(broadcastId: string): Promise<DomainTally[]> {
    return this.database.rows<DomainTally>(sql.TALLY, [broadcastId]);
  }

  override async add(reports: readonly NewDeliveryReport[], tx: Tx): Promise<readonly NewDeliveryReport[]> {
    if (reports.length === 0) return [];
    const rows = reports.map((report) => ({ id: newId(), ...report }));
    const added = await this.database.rows<{ id: string }>(sql.ADD, [JSON.stringify(rows)], tx);
    const ids = new Set(added.map(({ id }) => id));
    return reports.filter((_, index) => ids.has(rows[index]?.id ?? ''));
  }

  override list(
    workspaceId: WorkspaceId,
    owner: ReportOwner,
    filter: ReportFilter,
  ): Promise<(DeliveryReport & { position: string })[]> {
    const { kind, deliveryClass, limit, after } = filter;
    const [statement, id] =
      'broadcastId' in owner
        ? [sql.LIST_OF_BROADCAST, owner.broadcastId]
        : [sql.LIST_OF_SUBSCRIBER, owner.subscriberId];
    const place = [after?.at ?? null, after?.id ?? null];
    return this.database.rows(statement, [workspaceId, id, kind ?? null, deliveryClass ?? null, ...place, limit]);
  }

  override async softBounces(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
    sinceMs: number,
    tx: Tx,
  ): Promise<ReadonlyMap<string, SoftBounces>> {
    const rows = await this.database.rows<SoftBounces & { readonly subscriberId: string }>(
      sql.SOFT_BOUNCES,
      [workspaceId, subscriberIds, sinceMs, SOFT_CLASSES],
      tx,
    );
    return new Map(rows.map(({ subscriberId, ...counts }) => [subscriberId, counts]));
  }
}
