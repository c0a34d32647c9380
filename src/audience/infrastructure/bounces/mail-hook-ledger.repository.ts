import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { MailProvider } from '../../domain/bounces/mail-events.js';
import { MailHookLedger } from '../../domain/bounces/mail-hook-ledger.port.js';

@Injectable()
export class MailHookLedgerRepository extends MailHookLedger {
  constructor(private readonly database: Database) {
    super();
  }

  override async take(provider: MailProvider, replayKey: string, tx: Tx): Promise<boolean> {
    const taken = await this.database.affected(
      'insert into mail_hook_call (provider, replay_key) values ($1, $2) on conflict do nothing',
      [provider, replayKey],
      tx,
    );
    return taken > 0;
  }

  override purge(keepMs: number): Promise<number> {
    return this.database.affected(
      `delete from mail_hook_call where at < clock_timestamp() - $1::float8 * interval '1 millisecond'`,
      [keepMs],
    );
  }
}
