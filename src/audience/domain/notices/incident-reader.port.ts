import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { IncidentFacts, NoticeLink } from '../sending/template.port.js';

/** What other rooms know about an outage; read only. */
export abstract class IncidentReader {
  abstract facts(incidentId: string, tx?: Tx): Promise<IncidentFacts | undefined>;
  /** Live reroutes of this workspace's videos since the incident opened, newest first, at most 10. */
  abstract links(workspaceId: WorkspaceId, incidentId: string, tx?: Tx): Promise<NoticeLink[]>;
}
