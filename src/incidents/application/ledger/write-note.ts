import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import type { EntryDraft } from '../../domain/ledger/ledger-entry.js';
import { Ledger } from '../../domain/ledger/ledger.port.js';
import { type Speaker, workspaceOf, type WordScope } from '../../domain/updates/speaker.js';
import { FindIncident } from './find-incident.js';

export interface NoteRequest {
  readonly incidentId: string;
  readonly text: string;
  readonly scope: WordScope;
}

/** A person's remark in the ledger; corrected by another one, never changed. */
@Injectable()
export class WriteNote {
  constructor(
    private readonly find: FindIncident,
    private readonly ledger: Ledger,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `incident.not_found`, `incident.needs_operator` */
  async execute(by: Speaker, { incidentId, text, scope }: NoteRequest, tx: Tx): Promise<EntryDraft> {
    const workspaceId = workspaceOf(by, scope);
    const incident = await this.find.execute(incidentId);
    const note: EntryDraft = {
      sourceKey: `note|${newId()}`,
      at: this.clock.now(),
      kind: 'note',
      type: scope,
      workspaceId,
      subjectId: null,
      actor: by.actor,
      text,
      data: {},
    };
    await this.ledger.append(incident.id, [note], tx);
    const detail = { scope };
    const action = 'incident.noted';
    await this.audit.append(
      { workspaceId: by.workspaceId, actor: by.actor, action, subjectId: incident.id, detail },
      tx,
    );
    return note;
  }
}
