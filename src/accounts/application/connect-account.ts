import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { Workspaces } from '../../workspaces/index.js';
import type { Account } from '../domain/account.js';
import { AccountStore, type ProvenIdentity } from '../domain/account-store.port.js';
import { AnnounceChange } from './announce-change.js';
import { otherIdentity } from './connecting-errors.js';

/** Who connects, and how the account shall look; the workspace's region and the platform's name when left out. */
export interface ConnectRequest {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  readonly displayName?: string | undefined;
  readonly region?: string | undefined;
}

/** Stores proven credentials. The same identity in the same workspace is the same account for ever. */
@Injectable()
export class ConnectAccount {
  constructor(
    private readonly accounts: AccountStore,
    private readonly workspaces: Workspaces,
    private readonly announce: AnnounceChange,
  ) {}

  async execute({ workspaceId, actor, ...look }: ConnectRequest, proven: ProvenIdentity, tx: Tx): Promise<Account> {
    const { identityId, account: existing } = await this.accounts.lockByIdentity(workspaceId, proven, tx);
    if (existing) {
      await this.accounts.describe(existing.id, look, tx);
      return this.revive(existing, actor, proven, tx);
    }
    const region = look.region ?? (await this.workspaces.get(workspaceId, tx)).region;
    const named = { ...proven, displayName: look.displayName ?? proven.displayName };
    const account = await this.accounts.insert({ workspaceId, identityId, region }, named, tx);
    await this.announce.execute(account, 'connect', { actor }, tx);
    return account;
  }

  /**
   * New credentials for a known account, in whatever state it is.
   * @throws DomainError `account.not_found`, `account.other_identity`
   */
  async reconnect(
    { workspaceId, id, actor }: { workspaceId: WorkspaceId; id: AccountId; actor: string },
    proven: ProvenIdentity,
    tx: Tx,
  ): Promise<Account> {
    const account = await this.accounts.lock(workspaceId, id, tx);
    if (!account) throw notFound('account', id);
    if (account.externalId !== proven.externalId) throw otherIdentity();
    return this.revive(account, actor, proven, tx);
  }

  /** Who an account is on its platform. @throws DomainError `account.not_found` */
  async identityOf(workspaceId: WorkspaceId, id: AccountId, tx: Tx): Promise<string> {
    const account = await this.accounts.get(workspaceId, id, tx);
    if (!account) throw notFound('account', id);
    return account.externalId;
  }

  private async revive(account: Account, actor: string, proven: ProvenIdentity, tx: Tx): Promise<Account> {
    const revived = await this.accounts.revive(account.id, proven, tx);
    await this.announce.execute(revived, 'connect', { actor }, tx);
    return revived;
  }
}
