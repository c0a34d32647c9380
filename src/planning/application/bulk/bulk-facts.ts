import { Injectable } from '@nestjs/common';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { AccountDirectory } from '../../../accounts/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Workspaces } from '../../../workspaces/index.js';
import type { ReviewFacts } from './review-posts.js';

/** Reads what many posts are judged against. */
@Injectable()
export class BulkFacts {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  async read(workspaceId: WorkspaceId, tx?: Tx): Promise<ReviewFacts & { readonly list: readonly AccountFacts[] }> {
    const list = await this.accounts.list(workspaceId, tx);
    const { timeZone } = await this.workspaces.get(workspaceId, tx);
    const accounts = new Map(list.map((account) => [account.id, account]));
    return { list, accounts, now: this.clock.now(), defaultZone: timeZone };
  }
}
