import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { People } from '../../domain/members/people.port.js';
import { Sessions } from '../../domain/members/sessions.port.js';

/** Gives an account to who holds its mailbox: a new password, and nobody is signed in any more. */
@Injectable()
export class TakeAccount {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  async execute({ personId, passwordHash }: { personId: string; passwordHash: string }, tx: Tx): Promise<void> {
    await this.people.setPassword(personId, { passwordHash, isProved: true }, tx);
    const ended = await this.sessions.endAll(personId, undefined, tx);
    for (const { workspaceId, memberId } of await this.people.memberships(personId, tx)) {
      const entry = { workspaceId, actor: `member:${memberId}`, action: 'password.reset', subjectId: personId };
      await this.audit.append({ ...entry, detail: { ended } }, tx);
    }
  }
}
