import type { WallTime, ZoneClock } from '../wall-time-clock.js';
import { AccountLedger, ledgerRules } from './account-ledger.js';
import { DUPLICATE_RULES } from './duplicate-rules.js';
import type { Place } from './expand-slots.js';
import { opensOn } from './item-rest.js';
import { type AccountMask, type ItemState, lastWallBefore } from './item-state.js';
import type { PlannedPlace, Queue, QueueAccount, Taken } from './queue.js';
import type { Shelved } from './shelved.js';
import { whyAccountPaused, whyAllBusy, whyBusy, whyResting, whyTwiceRunning, whyUnfit } from './why.js';

/** What each account of a queue may take at a place. */
export interface Freedom {
  readonly free: AccountMask;
  /** By account; absent: free, or paused. */
  readonly busy: readonly ('cap' | 'gap' | undefined)[];
}

/** The accounts of a queue while it is planned. */
export class PlanAccounts {
  private readonly ledgers: readonly AccountLedger[];

  constructor(
    private readonly queue: Queue,
    { targets }: Pick<Taken, 'targets'>,
    clock: ZoneClock,
  ) {
    const byAccount = Map.groupBy(targets, ({ accountId }) => accountId);
    this.ledgers = queue.accounts.map(({ id }) => {
      const taken = (byAccount.get(id) ?? []).map(({ at, postId }) => ({
        at: at.getTime(),
        wall: clock.wallOf(at.getTime()),
        postId,
      }));
      return new AccountLedger(ledgerRules(queue), taken);
    });
  }

  freedomAt({ at, wall }: Place): Freedom {
    let free = 0;
    const busy = this.queue.accounts.map(({ isPaused }, account) => {
      if (isPaused) return undefined;
      const refusal = this.ledgers[account]?.refusal(at, wall);
      if (!refusal) free |= 1 << account;
      return refusal;
    });
    return { free, busy };
  }

  /** Where the platform would not refuse the post for standing directly after itself. */
  usableFor({ state }: Pick<Shelved, 'state'>, at: number): AccountMask {
    return this.queue.accounts.reduce(
      (mask, account, index) => (this.isTwiceRunning(account, index, { state, at }) ? mask : mask | (1 << index)),
      0,
    );
  }

  give(accounts: AccountMask, { at, wall }: { readonly at: number; readonly wall: WallTime }, postId: string): void {
    for (const [account, ledger] of this.ledgers.entries())
      if (accounts & (1 << account)) ledger.give(at, wall, postId);
  }

  idsOf(accounts: AccountMask): string[] {
    return this.queue.accounts.filter((_, account) => accounts & (1 << account)).map(({ id }) => id);
  }

  whyNoneFree({ busy }: Freedom): string {
    return whyAllBusy([...new Set(busy.flatMap((refusal) => (refusal ? [whyBusy(this.queue, refusal)] : [])))]);
  }

  /** The accounts that a planned post does not have, with the reason. */
  leftOut(accounts: AccountMask, { busy }: Freedom, { state }: Shelved, place: Place): PlannedPlace['leftOut'] {
    return this.queue.accounts.flatMap((account, index) => {
      if (accounts & (1 << index)) return [];
      return [{ accountId: account.id, why: this.whyNot(account, busy[index], { state, place, index }) }];
    });
  }

  private whyNot(
    account: QueueAccount,
    refusal: 'cap' | 'gap' | undefined,
    { state, place, index }: { readonly state: ItemState; readonly place: Place; readonly index: number },
  ): string {
    if (account.isPaused) return whyAccountPaused;
    if (!(state.fits & (1 << index))) return whyUnfit;
    if (refusal) return whyBusy(this.queue, refusal);
    const opensWall = opensOn(state, index, place.wall);
    return opensWall > place.wall ? whyResting(account, opensWall) : whyTwiceRunning(account);
  }

  private isTwiceRunning(
    { platform }: QueueAccount,
    index: number,
    { state, at }: { readonly state: ItemState; readonly at: number },
  ): boolean {
    const { twiceRunning } = DUPLICATE_RULES[platform];
    if (twiceRunning === 'allowed' || lastWallBefore(state, Infinity) === -Infinity) return false;
    if (twiceRunning === 'in_other_words' && state.item.recycling.variations > 1) return false;
    return this.ledgers[index]?.isBeside(at, state.item.postId) ?? false;
  }
}
