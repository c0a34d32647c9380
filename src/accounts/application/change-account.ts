import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import { type Account, requireStatusAfter } from '../domain/account.js';
import { AccountStore } from '../domain/account-store.port.js';
import type { AccountChange } from '../domain/account-status.js';
import { AnnounceChange } from './announce-change.js';

/** Which account is changed by whom. */
export interface AccountHandle {
  readonly workspaceId: WorkspaceId;
  readonly id: AccountId;
  readonly actor: string;
}

/** What a person may change; left-out fields stay. */
export interface AccountEdit {
  readonly displayName?: string | undefined;
  readonly region?: string | undefined;
  readonly status?: 'active' | 'paused' | undefined;
}

/** Changes that a person makes. */
@Injectable()
export class ChangeAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountStore,
    private readonly announce: AnnounceChange,
  ) {}

  /**
   * @param assertFresh throws when the caller's copy, whose version it is given, is old
   * @throws DomainError `account.not_found`, `account.status_refused`
   */
  edit(handle: AccountHandle, edit: AccountEdit, assertFresh: (version: number) => void): Promise<Account> {
    return this.unitOfWork.run(async (tx) => {
      const account = await this.lock(handle, tx);
      assertFresh(account.version);
      const described = await this.accounts.describe(account.id, edit, tx);
      if (edit.status === undefined || edit.status === account.status) return described;
      return this.apply(described, edit.status === 'paused' ? 'pause' : 'resume', handle, tx);
    });
  }

  /** Erases the credentials and keeps the row; a second time changes nothing. @throws DomainError `account.not_found` */
  async disconnect(handle: AccountHandle, tx: Tx): Promise<Account> {
    const account = await this.lock(handle, tx);
    return account.status === 'disconnected' ? account : this.apply(account, 'disconnect', handle, tx);
  }

  /**
   * Pauses or resumes publishing; a second time changes nothing.
   * @throws DomainError `account.not_found`, `account.status_refused`
   */
  async setPaused(
    handle: AccountHandle,
    { paused, reason }: { readonly paused: boolean; readonly reason?: string | undefined },
    tx: Tx,
  ): Promise<Account> {
    const account = await this.lock(handle, tx);
    if (paused === (account.status === 'paused')) return account;
    return this.apply(account, paused ? 'pause' : 'resume', { actor: handle.actor, ...(reason ? { reason } : {}) }, tx);
  }

  private async lock({ workspaceId, id }: AccountHandle, tx: Tx): Promise<Account> {
    const account = await this.accounts.lock(workspaceId, id, tx);
    if (!account) throw notFound('account', id);
    return account;
  }

  private async apply(
    account: Account,
    change: AccountChange,
    { actor, reason }: { readonly actor: string; readonly reason?: string },
    tx: Tx,
  ): Promise<Account> {
    const changed = await this.accounts.setStatus(
      account.id,
      { status: requireStatusAfter(account, change), reason, by: actor },
      tx,
    );
    await this.announce.execute(changed, change, { actor, ...(reason ? { reason } : {}) }, tx);
    return changed;
  }
}
