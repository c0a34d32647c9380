import { Injectable } from '@nestjs/common';
import { type Incident, severityOf } from '../../../health/domain/incident.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { Workspaces } from '../../../workspaces/index.js';
import {
  type EarlierPost,
  type EvidenceHead,
  type EvidencePart,
  evidenceWindow,
  type TargetEvidence,
} from '../../domain/evidence/evidence.js';
import {
  EvidenceReader,
  type EvidenceScope,
  type EvidenceSlice,
  type Placed,
} from '../../domain/evidence/evidence.port.js';
import { expectedReach, type ReachRow } from '../../domain/evidence/expected-reach.js';
import type { EntryKind, LedgerEntry } from '../../domain/ledger/ledger-entry.js';
import { Ledger } from '../../domain/ledger/ledger.port.js';
import type { IncidentUpdate } from '../../domain/updates/incident-update.js';
import { IncidentUpdates } from '../../domain/updates/incident-updates.port.js';
import { LedgerSettings } from '../../ledger-settings.js';

/** Rows in memory at a time. */
const PAGE = 200;
const ACCOUNTS_PAGE = 50;
/** Lines of the ledger that are no figures. */
export const STORY_KINDS: readonly EntryKind[] = ['transition', 'advisory', 'override', 'audience', 'note'];

/** Reads a report piece by piece; a reader that stops asking stops the queries. */
@Injectable()
export class GatherEvidence {
  constructor(
    private readonly reader: EvidenceReader,
    private readonly ledger: Ledger,
    private readonly updates: IncidentUpdates,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
    private readonly settings: LedgerSettings,
  ) {}

  async headOf(workspaceId: WorkspaceId, incident: Incident): Promise<EvidenceHead> {
    const now = this.clock.now();
    const { id, name } = await this.workspaces.get(workspaceId);
    return {
      incident,
      severity: severityOf(incident),
      workspace: { id, name },
      window: evidenceWindow(incident, now, this.settings.timing.leadMs),
      impact: await this.ledger.impact(workspaceId, incident.id),
      generatedAt: now,
    };
  }

  async *execute(workspaceId: WorkspaceId, incident: Incident): AsyncGenerator<EvidencePart> {
    const head = await this.headOf(workspaceId, incident);
    const scope = scopeOf(head);
    yield { kind: 'head', head };
    for await (const entry of this.entries(scope, STORY_KINDS)) yield { kind: 'timeline', entry };
    for await (const update of this.updatesOf(scope)) yield { kind: 'update', update };
    for await (const target of this.targets(scope)) yield { kind: 'target', target };
    for await (const row of this.reach(head)) yield { kind: 'reach', row };
    for await (const post of this.earlierPosts(scope)) yield { kind: 'earlier_post', post };
    for await (const entry of this.entries(scope, ['decision'])) yield { kind: 'decision', entry };
    for await (const entry of this.entries(scope, ['signal'])) yield { kind: 'signals', entry };
  }

  /** Expected beside seen, account by account. */
  async *reach(head: EvidenceHead): AsyncGenerator<ReachRow> {
    const scope = scopeOf(head);
    for (let afterAccountId: string | undefined; ;) {
      const rows = await this.reader.reach(scope, { limit: ACCOUNTS_PAGE, afterAccountId });
      for (const { history, ...row } of rows)
        yield { ...row, platform: scope.platform, expected: expectedReach(history) };
      const last = rows.at(-1);
      if (!last) return;
      afterAccountId = last.accountId;
    }
  }

  private targets(scope: EvidenceScope) {
    return paged<Placed<TargetEvidence>>((slice) => this.reader.targets(scope, slice), idOfTarget);
  }

  private earlierPosts(scope: EvidenceScope) {
    return paged<Placed<EarlierPost>>((slice) => this.reader.earlierPosts(scope, slice), idOfTarget);
  }

  private entries({ workspaceId, incidentId }: EvidenceScope, kinds: readonly EntryKind[]) {
    return paged<LedgerEntry & { readonly sortKey: string }>(
      (slice) => this.ledger.list(workspaceId, incidentId, { kinds, ...slice }),
      ({ id }) => id,
    );
  }

  private updatesOf({ workspaceId, incidentId }: EvidenceScope) {
    return paged<IncidentUpdate & { readonly sortKey: string }>(
      (slice) => this.updates.list(workspaceId, incidentId, slice),
      ({ id }) => id,
    );
  }
}

const scopeOf = ({ incident, workspace, window, generatedAt }: EvidenceHead): EvidenceScope => ({
  workspaceId: workspace.id,
  incidentId: incident.id,
  platform: incident.platform,
  region: incident.region,
  openedAt: incident.openedAt,
  endedAt: incident.closedAt ?? generatedAt,
  window,
});

const idOfTarget = ({ targetId }: { readonly targetId: string }): string => targetId;

/** Page after page, until one is not full. */
async function* paged<Row extends { readonly sortKey: string }>(
  read: (slice: EvidenceSlice) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): AsyncGenerator<Omit<Row, 'sortKey'>> {
  for (let after: EvidenceSlice['after']; ;) {
    const rows = await read({ limit: PAGE, after });
    for (const { sortKey: _, ...row } of rows) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { at: last.sortKey, id: idOf(last) };
  }
}
