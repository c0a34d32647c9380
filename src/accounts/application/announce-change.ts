import { Injectable } from '@nestjs/common';
import { EventLog } from '../../kernel/event-log.port.js';
import type { Tx } from '../../kernel/transaction.js';
import { AuditLog } from '../../workspaces/index.js';
import { type Account, accountEvent } from '../domain/account.js';
import { type AccountChange, eventTypeOf } from '../domain/account-status.js';

/** Writes down who changed an account and tells the others, in the change's transaction. */
@Injectable()
export class AnnounceChange {
  constructor(
    private readonly events: EventLog,
    private readonly audit: AuditLog,
  ) {}

  async execute(
    account: Account,
    change: AccountChange,
    by: { actor: string; reason?: string },
    tx: Tx,
  ): Promise<void> {
    const { id: subjectId, workspaceId, platform } = account;
    const detail = { platform, ...(by.reason === undefined ? {} : { reason: by.reason }) };
    await this.audit.append({ workspaceId, actor: by.actor, action: eventTypeOf(change), subjectId, detail }, tx);
    await this.events.append([accountEvent(account, change, by.reason)], tx);
  }
}
