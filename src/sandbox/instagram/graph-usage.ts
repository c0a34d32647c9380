import type { Reply } from '../http/call.js';
import type { World } from '../world/world.js';
import { graphError } from './instagram-errors.js';
import type { InstagramAccount } from './instagram-state.js';

const DAY_MS = 86_400_000;
/** Percentages are of this many calls a day where no budget is set: 4800 x some 40 impressions. */
const USUAL_BUDGET = 200_000;

/** Counts calls per account and day and says in headers how much of the budget is gone (`platforms.md` 2.3). */
export class GraphUsage {
  readonly #days = new Map<InstagramAccount, { startedMs: number; calls: number }>();

  constructor(private readonly world: World) {}

  /** Counts a call. @returns the refusal once the day's budget is spent */
  spend(account: InstagramAccount): Reply | undefined {
    const nowMs = this.world.clock.nowMs();
    const old = this.#days.get(account);
    const day = old && old.startedMs + DAY_MS > nowMs ? old : { startedMs: nowMs, calls: 0 };
    day.calls += 1;
    this.#days.set(account, day);
    const { reelsCallBudget: budget } = this.world.settings;
    if (budget === 0 || day.calls <= budget) return undefined;
    return this.signed(
      graphError({ code: 80002, message: 'There have been too many calls to this account.' }),
      account,
    );
  }

  /** The answer with Meta's usage headers. */
  signed(reply: Reply, account: InstagramAccount): Reply {
    const day = this.#days.get(account) ?? { startedMs: this.world.clock.nowMs(), calls: 0 };
    const budget = this.world.settings.reelsCallBudget || USUAL_BUDGET;
    const percent = Math.min(100, Math.floor((day.calls * 100) / budget));
    const isSpent = this.world.settings.reelsCallBudget > 0 && day.calls > budget;
    const minutes = isSpent ? Math.ceil((day.startedMs + DAY_MS - this.world.clock.nowMs()) / 60_000) : 0;
    const shares = { call_count: percent, total_cputime: Math.floor(percent / 4), total_time: Math.floor(percent / 3) };
    const business = [{ type: 'instagram', ...shares, estimated_time_to_regain_access: minutes }];
    return {
      ...reply,
      headers: {
        ...reply.headers,
        'x-app-usage': JSON.stringify(shares),
        'x-business-use-case-usage': JSON.stringify({ [account.externalId]: business }),
      },
    };
  }

  reset(): void {
    this.#days.clear();
  }
}
