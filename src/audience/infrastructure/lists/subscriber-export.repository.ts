import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { ConsentLine } from '../../domain/lists/consent-ledger.port.js';
import { EVERYONE } from '../../domain/lists/segment.js';
import {
  type ExportedMessage,
  type ExportedSubscriber,
  type ExportFilter,
  SubscriberExport,
} from '../../domain/lists/subscriber-export.port.js';
import { CONSENT_COLUMNS, type StoredConsent, toConsentLine } from './consent-rows.js';
import { segmentWhere } from './segment.sql.js';

const PAGE = 1_000;
const MAX_MESSAGES = 1_000;

const COLUMNS = `s.id, s.email, s.phone, s.status, s.phone_status as "phoneStatus", s.accepts, s.language, s.zone, s.tags,
  s.attributes, s.created_at as "createdAt", s.confirmed_at as "confirmedAt"`;

@Injectable()
export class SubscriberExportRepository extends SubscriberExport {
  constructor(private readonly database: Database) {
    super();
  }

  async *subscribers(workspaceId: WorkspaceId, filter: ExportFilter): AsyncIterable<readonly ExportedSubscriber[]> {
    const { sql, params } = segmentWhere(filter.segment ?? EVERYONE, 5);
    const statement = `
      select ${COLUMNS} from subscriber s
       where s.workspace_id = $1 and s.status <> 'erased' and ($2::uuid is null or s.id > $2)
         and ($3::text is null or s.status = $3) and ($4::text is null or $4 = any (s.tags)) and ${sql}
       order by s.id limit ${PAGE}`;
    for (let after: string | null = null; ;) {
      const values: readonly unknown[] = [workspaceId, after, filter.status ?? null, filter.tag ?? null, ...params];
      const page: ExportedSubscriber[] = await this.database.rows<ExportedSubscriber>(statement, values);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? null;
    }
  }

  one(workspaceId: WorkspaceId, subscriberId: string): Promise<ExportedSubscriber | undefined> {
    return this.database.row<ExportedSubscriber>(
      `select ${COLUMNS} from subscriber s where s.workspace_id = $1 and s.id = $2`,
      [workspaceId, subscriberId],
    );
  }

  async histories(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ConsentLine[]>> {
    const rows = await this.database.rows<StoredConsent>(
      `select ${CONSENT_COLUMNS} from consent
        where workspace_id = $1 and subscriber_id = any ($2::uuid[]) order by subscriber_id, id`,
      [workspaceId, subscriberIds],
    );
    return Map.groupBy(rows.map(toConsentLine), ({ subscriberId }) => subscriberId);
  }

  async *ledger(workspaceId: WorkspaceId): AsyncIterable<readonly ConsentLine[]> {
    for (let after = '0'; ;) {
      const page: (StoredConsent & { place: string })[] = await this.database.rows<StoredConsent & { place: string }>(
        `select ${CONSENT_COLUMNS}, id::text as place from consent
          where workspace_id = $1 and id > $2::bigint order by id limit ${PAGE}`,
        [workspaceId, after],
      );
      if (page.length > 0) yield page.map(toConsentLine);
      if (page.length < PAGE) return;
      after = page.at(-1)?.place ?? after;
    }
  }

  messages(workspaceId: WorkspaceId, subscriberId: string): Promise<ExportedMessage[]> {
    return this.database.rows<ExportedMessage>(
      `select b.subject, b.kind, r.channel, r.state, r.updated_at as at
         from broadcast_recipient r join broadcast b on b.workspace_id = r.workspace_id and b.id = r.broadcast_id
        where r.workspace_id = $1 and r.subscriber_id = $2 order by r.updated_at desc limit ${MAX_MESSAGES}`,
      [workspaceId, subscriberId],
    );
  }
}
