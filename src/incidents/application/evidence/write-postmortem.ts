import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { REACH_AGES_SECONDS, type ReachRow } from '../../domain/evidence/expected-reach.js';
import type { EvidenceHead } from '../../domain/evidence/evidence.js';
import { postmortemOf } from '../../domain/evidence/postmortem.js';
import { Ledger } from '../../domain/ledger/ledger.port.js';
import { IncidentUpdates } from '../../domain/updates/incident-updates.port.js';
import { FindIncident } from '../ledger/find-incident.js';
import { GatherEvidence, STORY_KINDS } from './gather-evidence.js';

const MOST_TIMELINE = 300;
const MOST_UPDATES = 100;
const MOST_REACH = 20 * REACH_AGES_SECONDS.length;

/** Drafts a postmortem from what is known. */
@Injectable()
export class WritePostmortem {
  constructor(
    private readonly find: FindIncident,
    private readonly gather: GatherEvidence,
    private readonly ledger: Ledger,
    private readonly updates: IncidentUpdates,
  ) {}

  /** @throws DomainError `incident.not_found` */
  async execute(workspaceId: WorkspaceId, incidentId: string): Promise<string> {
    const incident = await this.find.execute(incidentId);
    const head = await this.gather.headOf(workspaceId, incident);
    const timeline = await this.ledger.list(workspaceId, incidentId, { kinds: STORY_KINDS, limit: MOST_TIMELINE + 1 });
    const updates = await this.updates.list(workspaceId, incidentId, { limit: MOST_UPDATES });
    const reach = await this.firstAccounts(head);
    return postmortemOf({
      head,
      timeline: timeline.slice(0, MOST_TIMELINE),
      hasMoreTimeline: timeline.length > MOST_TIMELINE,
      updates: [...updates].reverse(),
      reach: reach.slice(0, MOST_REACH),
      hasMoreReach: reach.length > MOST_REACH,
    });
  }

  private async firstAccounts(head: EvidenceHead): Promise<readonly ReachRow[]> {
    const rows: ReachRow[] = [];
    for await (const row of this.gather.reach(head)) {
      rows.push(row);
      if (rows.length > MOST_REACH) break;
    }
    return rows;
  }
}
