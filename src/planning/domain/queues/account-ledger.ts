import { SECOND_MS } from '../../../kernel/durations.js';
import type { WallTime } from '../wall-time-clock.js';
import { dayOf, type DayNumber } from './local-days.js';
import type { Queue } from './queue.js';

/** One target on the account. */
interface Entry {
  readonly at: number;
  readonly postId: string | undefined;
}

export interface LedgerRules {
  readonly minGapMs: number;
  /** Infinity for none. */
  readonly dailyCap: number;
}

/** One account never has two targets in one instant, even without a minimum gap. */
export const ledgerRules = ({ minGapSeconds, dailyCap }: Pick<Queue, 'minGapSeconds' | 'dailyCap'>): LedgerRules => ({
  minGapMs: Math.max(minGapSeconds * SECOND_MS, 1),
  dailyCap: dailyCap ?? Infinity,
});

/** Everything that one account has or is given in a span: says whether one more target may stand at an instant. */
export class AccountLedger {
  private readonly entries: Entry[];
  private readonly perDay = new Map<DayNumber, number>();
  /** Entries before this one are over; instants are asked for in order of time. */
  private next = 0;
  private given: Entry | undefined;

  constructor(
    private readonly rules: LedgerRules,
    taken: readonly (Entry & { readonly wall: WallTime })[],
  ) {
    this.entries = taken.toSorted((one, other) => one.at - other.at);
    for (const { wall } of taken) this.count(wall);
  }

  /** Why no target may stand there: `cap` of the day, `gap` to a neighbour; undefined when one may. */
  refusal(at: number, wall: WallTime): 'cap' | 'gap' | undefined {
    if ((this.perDay.get(dayOf(wall)) ?? 0) >= this.rules.dailyCap) return 'cap';
    const isNear = (entry: Entry | undefined) => entry && Math.abs(entry.at - at) < this.rules.minGapMs;
    return isNear(this.before(at)) || isNear(this.after(at)) ? 'gap' : undefined;
  }

  /** True when the same post stands directly before or after the instant. */
  isBeside(at: number, postId: string): boolean {
    return this.before(at)?.postId === postId || this.after(at)?.postId === postId;
  }

  give(at: number, wall: WallTime, postId: string): void {
    this.given = { at, postId };
    this.count(wall);
  }

  private count(wall: WallTime): void {
    const day = dayOf(wall);
    this.perDay.set(day, (this.perDay.get(day) ?? 0) + 1);
  }

  private before(at: number): Entry | undefined {
    this.moveTo(at);
    const entry = this.entries[this.next - 1];
    return this.given && (!entry || this.given.at >= entry.at) ? this.given : entry;
  }

  private after(at: number): Entry | undefined {
    this.moveTo(at);
    return this.entries[this.next];
  }

  private moveTo(at: number): void {
    for (let entry = this.entries[this.next]; entry && entry.at <= at; entry = this.entries[this.next]) this.next += 1;
  }
}
