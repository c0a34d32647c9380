import type { Tx } from '../../../kernel/transaction.js';
import type { Switches } from '../pauses/switches.js';

/** An account and what it already carries. */
export interface CarriedBy {
  readonly occurrenceId: string;
  readonly accountId: string;
}

/** A post on an account. */
export interface UsedOn {
  readonly postId: string;
  readonly accountId: string;
}

/** How long a post rests on an account, ms. */
export interface CooldownSpans {
  readonly leastMs: number;
  readonly dayMs: number;
}

/** What routing must know about earlier targets and kill switches, for many targets at once. */
export abstract class RouteEvidence {
  /** Accounts that carry or carried a run; a run is given to an account at most once. */
  abstract carriers(occurrenceIds: readonly string[], tx?: Tx): Promise<readonly CarriedBy[]>;
  /**
   * Accounts on which a post went live within its cooldown, or is to go out before that ends, in any run.
   * @param spans the least cooldown, and what a day of `cooldownDays` lasts, ms
   */
  abstract recentUses(postIds: readonly string[], now: Date, spans: CooldownSpans, tx?: Tx): Promise<readonly UsedOn[]>;
  /** Of these, the posts that may return: worth as much later. */
  abstract evergreen(postIds: readonly string[], tx?: Tx): Promise<ReadonlySet<string>>;
  /** Of these, the targets that a ramp let through and that have not gone out since: they need no second token. */
  abstract letThrough(targetIds: readonly string[], tx?: Tx): Promise<ReadonlySet<string>>;
  /** Switches that are on for any of these. */
  abstract switches(
    of: { readonly workspaceIds: readonly string[]; readonly postIds: readonly string[] },
    tx?: Tx,
  ): Promise<Switches>;
}
