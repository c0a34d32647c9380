import { Injectable } from '@nestjs/common';
import type { AccountId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { AccountStore } from '../domain/account-store.port.js';
import { statusAfter } from '../domain/account-status.js';
import { AnnounceChange } from './announce-change.js';

/** Trouble of one account that only its owner can end. */
@Injectable()
export class AccountTrouble {
  constructor(
    private readonly accounts: AccountStore,
    private readonly announce: AnnounceChange,
  ) {}

  /** Takes the account out until it is connected again; nothing happens when it is out already. @param reason a word */
  async needsReconnect(accountId: AccountId, reason: string, tx: Tx): Promise<void> {
    const account = await this.accounts.lockAny(accountId, tx);
    const status = account && statusAfter(account.status, 'lose');
    if (!status) return;
    const changed = await this.accounts.setStatus(accountId, { status, reason, by: 'system' }, tx);
    await this.announce.execute(changed, 'lose', { actor: 'system', reason }, tx);
  }
}
