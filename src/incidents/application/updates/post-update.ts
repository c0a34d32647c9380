import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { featureName, type IncidentUpdate, type UpdateStatus } from '../../domain/updates/incident-update.js';
import { IncidentUpdates } from '../../domain/updates/incident-updates.port.js';
import { type Speaker, workspaceOf, type WordScope } from '../../domain/updates/speaker.js';
import { FindIncident } from '../ledger/find-incident.js';

export interface UpdateRequest {
  readonly incidentId: string;
  readonly feature: string;
  readonly status: UpdateStatus;
  readonly text: string;
  readonly scope: WordScope;
}

/** Tells the public how a feature does. What was said stays; a correction is another update. */
@Injectable()
export class PostUpdate {
  constructor(
    private readonly find: FindIncident,
    private readonly updates: IncidentUpdates,
    private readonly audit: AuditLog,
    private readonly events: EventLog,
  ) {}

  /** @throws DomainError `incident.not_found`, `incident.needs_operator` */
  async execute(by: Speaker, { incidentId, feature, status, text, scope }: UpdateRequest, tx: Tx) {
    const workspaceId = workspaceOf(by, scope);
    const incident = await this.find.execute(incidentId);
    const update = await this.updates.insert(
      { id: newId(), incidentId, workspaceId, feature: featureName(feature), status, text, author: by.actor },
      tx,
    );
    const detail = { updateId: update.id, feature: update.feature, status, scope };
    await this.audit.append(
      { workspaceId: by.workspaceId, actor: by.actor, action: 'incident.updated', subjectId: incident.id, detail },
      tx,
    );
    await this.tell(update, incident, tx);
    return update;
  }

  private tell(update: IncidentUpdate, { platform, region }: { platform: string; region: string }, tx: Tx) {
    const { id: updateId, incidentId, workspaceId, feature, status, text } = update;
    const payload = { incidentId, updateId, platform, region, feature, status, text };
    return this.events.append([{ workspaceId, type: 'incident.updated', subjectId: incidentId, payload }], tx);
  }
}
