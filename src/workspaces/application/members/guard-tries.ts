import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { tooManyTries } from '../../domain/members/access.errors.js';
import { waitSeconds } from '../../domain/members/throttle.policy.js';
import { Throttle, type ThrottleKey } from '../../domain/members/throttle.port.js';

/** On whose account something is tried, and from where. */
export interface Trier {
  /** Mail address, normalised where it is one. */
  readonly account: string;
  /** Client address or network. */
  readonly address: string;
}

/** The counters that one try took from. */
export interface TakenTries {
  readonly account: ThrottleKey;
  readonly address: ThrottleKey;
}

/** Bounds how often passwords are tried, over all processes. A try counts before it is looked at. */
@Injectable()
export class GuardTries {
  constructor(private readonly throttle: Throttle) {}

  /** @throws DomainError `sign_in.too_many` */
  async take(what: 'sign_in' | 'reset', { account, address }: Trier): Promise<TakenTries> {
    const keys = keysOf(what, { account, address });
    const wait = waitSeconds(await this.throttle.count([keys.account, keys.address]));
    if (wait !== undefined) throw tooManyTries(wait);
    return keys;
  }

  /**
   * For wishes whose answer must be the same for every account: only the address is refused.
   * @returns false: enough for this account, do nothing
   * @throws DomainError `sign_in.too_many`
   */
  async takeSilently(what: 'reset', trier: Trier): Promise<boolean> {
    const keys = keysOf(what, trier);
    const counts = await this.throttle.count([keys.account, keys.address]);
    const wait = waitSeconds(counts.filter(({ kind }) => kind === keys.address.kind));
    if (wait !== undefined) throw tooManyTries(wait);
    return waitSeconds(counts) === undefined;
  }

  /** The try was good: the account is open again, the address has its try back. */
  async settle({ account, address }: TakenTries, tx: Tx): Promise<void> {
    await this.throttle.forget([account], tx);
    await this.throttle.giveBack([address], tx);
  }

  /** A new password opens the account. */
  async reopen(account: string, tx: Tx): Promise<void> {
    await this.throttle.forget([{ kind: 'sign_in_account', of: account }], tx);
  }
}

const keysOf = (what: 'sign_in' | 'reset', { account, address }: Trier): TakenTries => ({
  account: { kind: `${what}_account`, of: account },
  address: { kind: `${what}_address`, of: address },
});
