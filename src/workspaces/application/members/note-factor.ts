import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { Sessions } from '../../domain/members/sessions.port.js';
import type { SignedIn } from './session-desk.js';

/** What a change of the second factor does to sessions, and what the journal says of it. */
@Injectable()
export class NoteFactor {
  constructor(
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  /** Sessions that began without it end, but for this one. */
  async turnedOn(by: SignedIn, tx: Tx): Promise<void> {
    const ended = await this.sessions.endAll(by.personId, by.sessionId, tx);
    await this.write(by, 'totp.turned_on', { ended }, tx);
  }

  turnedOff(by: SignedIn, tx: Tx): Promise<void> {
    return this.write(by, 'totp.turned_off', {}, tx);
  }

  codesRenewed(by: SignedIn, tx: Tx): Promise<void> {
    return this.write(by, 'totp.codes_renewed', {}, tx);
  }

  private write(by: SignedIn, action: string, detail: Readonly<Record<string, unknown>>, tx: Tx): Promise<void> {
    const { workspaceId, actor, personId: subjectId } = by;
    return this.audit.append({ workspaceId, actor, action, subjectId, detail }, tx);
  }
}
