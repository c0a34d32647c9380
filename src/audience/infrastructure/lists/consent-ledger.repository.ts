import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type ConsentEntry, consentHash, type Visitor } from '../../domain/lists/consent.js';
import { ConsentLedger, type ConsentLine } from '../../domain/lists/consent-ledger.port.js';
import { CONSENT_COLUMNS, type StoredConsent, toConsentLine } from './consent-rows.js';

const INSERT = `
insert into consent (workspace_id, subscriber_id, purpose, action, text, text_version, language, source, evidence, ip,
                     user_agent, at, previous_hash, hash)
select $1, r."subscriberId", r.purpose, r.action, r.text, r."textVersion", r.language, r.source, r.evidence, r.ip,
       r."userAgent", r.at, decode(r.previous, 'hex'), decode(r.hash, 'hex')
  from jsonb_to_recordset($2::jsonb) as r("subscriberId" uuid, purpose text, action text, text text, "textVersion" text,
       language text, source text, evidence text, ip inet, "userAgent" text, at timestamptz, previous text, hash text)`;

@Injectable()
export class ConsentLedgerRepository extends ConsentLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async append(workspaceId: WorkspaceId, entries: readonly (ConsentEntry & Visitor)[], tx: Tx): Promise<void> {
    if (entries.length === 0) return;
    const last = await this.lastHashes(
      workspaceId,
      entries.map(({ subscriberId }) => subscriberId),
      tx,
    );
    const json = entries.map((entry) => {
      const previous = last.get(entry.subscriberId) ?? null;
      const hash = consentHash(entry, previous).toString('hex');
      return { ...entry, at: entry.at.toISOString(), previous: previous?.toString('hex'), hash };
    });
    await this.database.affected(INSERT, [workspaceId, JSON.stringify(json)], tx);
  }

  async history(workspaceId: WorkspaceId, subscriberId: string, tx?: Tx): Promise<ConsentLine[]> {
    const rows = await this.database.rows<StoredConsent>(
      `select ${CONSENT_COLUMNS} from consent where workspace_id = $1 and subscriber_id = $2 order by id`,
      [workspaceId, subscriberId],
      tx,
    );
    return rows.map(toConsentLine);
  }

  async forgetVisitors(workspaceId: WorkspaceId, subscriberId: string, tx: Tx): Promise<void> {
    await this.database.affected(
      'update consent set ip = null, user_agent = null where workspace_id = $1 and subscriber_id = $2',
      [workspaceId, subscriberId],
      tx,
    );
  }

  private async lastHashes(workspaceId: WorkspaceId, ids: readonly string[], tx: Tx): Promise<Map<string, Buffer>> {
    const rows = await this.database.rows<{ subscriberId: string; hash: Buffer }>(
      `select distinct on (subscriber_id) subscriber_id as "subscriberId", hash
         from consent where workspace_id = $1 and subscriber_id = any ($2::uuid[]) order by subscriber_id, id desc`,
      [workspaceId, ids],
      tx,
    );
    return new Map(rows.map(({ subscriberId, hash }) => [subscriberId, hash]));
  }
}
