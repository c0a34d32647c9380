import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { Sessions } from '../../domain/members/sessions.port.js';
import { type BegunSession, BeginSession, type Entry } from './begin-session.js';

/** What a changed password does to sessions. */
@Injectable()
export class PasswordSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly begin: BeginSession,
    private readonly audit: AuditLog,
  ) {}

  /** Ends all of the person and begins one. */
  async renew(entry: Entry, actor: string, tx: Tx): Promise<BegunSession> {
    const { id: personId } = entry.person;
    const ended = await this.sessions.endAll(personId, undefined, tx);
    const { workspaceId } = entry.membership;
    const note = { workspaceId, actor, action: 'password.changed', subjectId: personId, detail: { ended } };
    await this.audit.append(note, tx);
    return this.begin.execute(entry, tx);
  }
}
