import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Impact } from '../../domain/ledger/impact.js';
import type { EntryDraft } from '../../domain/ledger/ledger-entry.js';
import { type EntryFilter, Ledger, type ListedEntry, type SignalSpan } from '../../domain/ledger/ledger.port.js';
import { DECIDED, SIGNALS, TARGETS, TOLD } from './impact.sql.js';
import {
  APPEND,
  APPEND_BY_PLACE,
  APPEND_BY_RUN,
  APPEND_OF_PLATFORM,
  COPY_NEWS,
  COPY_TRANSITIONS,
  LIST,
  LIST_OF_TARGET,
  RECIPIENTS,
} from './ledger.sql.js';

type TargetsRow = Pick<Impact, 'targets' | 'targetCount' | 'lateCount' | 'elsewhere' | 'duplicateCount'>;

@Injectable()
export class LedgerRepository extends Ledger {
  constructor(private readonly database: Database) {
    super();
  }

  async append(incidentId: string, drafts: readonly EntryDraft[], tx: Tx): Promise<number> {
    if (drafts.length === 0) return 0;
    return this.database.affected(APPEND, [incidentId, jsonOf(drafts.map(toRow))], tx);
  }

  async appendOfTargets(
    drafts: readonly { readonly draft: EntryDraft; readonly targetId: string }[],
    { leadMs, tailMs }: { readonly leadMs: number; readonly tailMs: number },
    tx: Tx,
  ): Promise<number> {
    if (drafts.length === 0) return 0;
    const rows = jsonOf(drafts.map(({ draft, targetId }) => ({ ...toRow(draft), target_id: targetId })));
    // First what an origin met, so that what stands for it finds it although both come at once.
    const met = await this.database.affected(APPEND_BY_PLACE, [rows, leadMs], tx);
    return met + (await this.database.affected(APPEND_BY_RUN, [rows, tailMs], tx));
  }

  appendOfPlatform(
    draft: EntryDraft,
    {
      platform,
      region,
      leadMs,
    }: { readonly platform: string; readonly region: string | null; readonly leadMs: number },
    tx: Tx,
  ): Promise<number> {
    return this.database.affected(APPEND_OF_PLATFORM, [jsonOf([toRow(draft)]), platform, region, leadMs], tx);
  }

  copyTransitions(incidentIds: readonly string[], tx: Tx): Promise<number> {
    return this.database.affected(COPY_TRANSITIONS, [incidentIds], tx);
  }

  copyNews({ incidentId, platform, region, from, to }: SignalSpan, tx: Tx): Promise<number> {
    return this.database.affected(COPY_NEWS, [incidentId, platform, region, from, to], tx);
  }

  async hasRecent(withinMs: number, tx: Tx): Promise<boolean> {
    const row = await this.database.row<{ found: boolean }>(
      `select exists (select 1 from incident
                       where closed_at is null or closed_at > clock_timestamp() - $1 * interval '1 ms') as found`,
      [withinMs],
      tx,
    );
    return row?.found === true;
  }

  async recipients(broadcastIds: readonly string[], tx: Tx) {
    const rows = await this.database.rows<{ broadcastId: string; told: number; failed: number }>(
      RECIPIENTS,
      [broadcastIds],
      tx,
    );
    return new Map(rows.map(({ broadcastId, ...counts }) => [broadcastId, counts]));
  }

  async list(workspaceId: string, incidentId: string, { kinds, targetId, limit, after }: EntryFilter) {
    const place = [after?.at ?? null, after?.id ?? null, limit];
    if (targetId === undefined)
      return this.database.rows<ListedEntry>(LIST, [workspaceId, incidentId, kinds ?? null, ...place]);
    if (kinds && !kinds.includes('decision')) return [];
    return this.database.rows<ListedEntry>(LIST_OF_TARGET, [workspaceId, incidentId, targetId, ...place]);
  }

  async impact(workspaceId: string, incidentId: string): Promise<Impact> {
    const own = [workspaceId, incidentId];
    const targets = await this.database.row<TargetsRow>(TARGETS, own);
    const decisions = await this.database.rows<{ type: string; count: number }>(DECIDED, own);
    const told = await this.database.row<{ count: number }>(TOLD, own);
    const { firstBadAt, ...signals } = await this.signalsOf(incidentId);
    return {
      ...(targets ?? { targets: {}, targetCount: 0, lateCount: 0, elsewhere: [], duplicateCount: 0 }),
      decisions: Object.fromEntries(decisions.map(({ type, count }) => [type, count])),
      signals,
      ...(firstBadAt ? { firstBadAt } : {}),
      toldCount: told?.count ?? 0,
    };
  }

  private async signalsOf(incidentId: string) {
    const row = await this.database.row<Impact['signals'] & { firstBadAt: Date | null }>(SIGNALS, [incidentId]);
    return row ?? { good: 0, bad: 0, unknown: 0, firstBadAt: null };
  }
}

const toRow = (draft: EntryDraft) => ({
  source_key: draft.sourceKey,
  id: newId(),
  workspace_id: draft.workspaceId,
  at: draft.at.toISOString(),
  kind: draft.kind,
  type: draft.type,
  subject_id: draft.subjectId,
  actor: draft.actor,
  text: draft.text,
  data: draft.data,
});

const jsonOf = (rows: readonly unknown[]): string => JSON.stringify(rows);
