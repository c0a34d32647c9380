import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { AccountWish } from './row-draft.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** An account of a workspace, or why none is meant. */
export type FoundAccounts = { readonly ids: readonly string[] } | { readonly problem: RowProblem };

/** Finds the accounts that a file names by id, by name or by platform alone. */
export class AccountBook {
  readonly byId: ReadonlyMap<string, AccountFacts>;
  private readonly connected: readonly AccountFacts[];

  /** @param chosen accounts for rows that name none, and the ones meant where a platform alone is named */
  constructor(
    accounts: readonly AccountFacts[],
    readonly chosen: readonly string[] = [],
  ) {
    this.byId = new Map(accounts.map((account) => [account.id, account]));
    this.connected = accounts.filter(({ status }) => status !== 'disconnected');
  }

  find({ name, platform }: AccountWish, column: string): FoundAccounts {
    if (name !== undefined && isUuid(name)) return { ids: [name.toLowerCase()] };
    const onPlatform = this.connected.filter((account) => platform === undefined || account.platform === platform);
    const named = name === undefined ? this.preferred(onPlatform) : onPlatform.filter(isCalled(name));
    if (named.length === 1 || (named.length > 1 && name === undefined && this.chosen.length > 0))
      return { ids: named.map(({ id }) => id) };
    const what = [platform, name].filter((part) => part !== undefined).join(' ');
    return { problem: named.length === 0 ? noAccount(column, what) : severalAccounts(column, what, named.length) };
  }

  /** Among accounts of one platform those chosen for the file, when some are. */
  private preferred(accounts: readonly AccountFacts[]): readonly AccountFacts[] {
    const chosen = accounts.filter(({ id }) => this.chosen.includes(id));
    return chosen.length > 0 ? chosen : accounts;
  }
}

const isCalled =
  (name: string) =>
  ({ displayName, externalId }: AccountFacts): boolean =>
    plain(displayName) === plain(name) || externalId === name;

const plain = (name: string): string => name.trim().replace(/^@/, '').toLowerCase();

const noAccount = (column: string, what: string): RowProblem => ({
  column,
  code: 'account.not_found',
  message: `No connected account is called ${what}. Write its id or its name as GET /v1/accounts shows it.`,
});

const severalAccounts = (column: string, what: string, count: number): RowProblem => ({
  column,
  code: 'account.ambiguous',
  message: `${count} accounts answer to ${what}. Write the account's id, or choose accounts with ?accountIds=.`,
});
