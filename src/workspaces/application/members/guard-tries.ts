import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { tooManyTries } from '../../domain/members/access.errors.js';
import { type ThrottleCount, waitSeconds } from '../../domain/members/throttle.policy.js';
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
  /** Forgotten when the try was good. */
  readonly own: readonly ThrottleKey[];
  readonly address: ThrottleKey;
}

/** Bounds how often passwords are tried, over all processes. A try counts before it is looked at. */
@Injectable()
export class GuardTries {
  constructor(private readonly throttle: Throttle) {}

  /**
   * What is refused for its place is not counted on the account, so that nobody shuts it from one place alone.
   * @throws DomainError `sign_in.too_many`
   */
  async take({ account: of, address: place }: Trier): Promise<TakenTries> {
    const address = { kind: 'sign_in_address', of: place } as const;
    const pair = { kind: 'sign_in_pair', of: `${place}|${of}` } as const;
    const account = { kind: 'sign_in_account', of } as const;
    assertFew(await this.throttle.count([pair, address]));
    assertFew(await this.throttle.count([account]));
    return { own: [pair, account], address };
  }

  /**
   * For wishes whose answer must be the same for every account: only the address is refused.
   * @returns false: enough for this account, do nothing
   * @throws DomainError `sign_in.too_many`
   */
  async takeReset({ account, address }: Trier): Promise<boolean> {
    assertFew(await this.throttle.count([{ kind: 'reset_address', of: address }]));
    return waitSeconds(await this.throttle.count([{ kind: 'reset_account', of: account }])) === undefined;
  }

  /** The try was good: the account is open again, the address has its try back. */
  async settle({ own, address }: TakenTries, tx: Tx): Promise<void> {
    await this.throttle.forget(own, tx);
    await this.throttle.giveBack([address], tx);
  }

  /** A new password opens the account. */
  async reopen({ account, address }: Trier, tx: Tx): Promise<void> {
    const pair = { kind: 'sign_in_pair', of: `${address}|${account}` } as const;
    await this.throttle.forget([{ kind: 'sign_in_account', of: account }, pair], tx);
  }
}

/** @throws DomainError `sign_in.too_many` */
const assertFew = (counts: readonly ThrottleCount[]): void => {
  const wait = waitSeconds(counts);
  if (wait !== undefined) throw tooManyTries(wait);
};
