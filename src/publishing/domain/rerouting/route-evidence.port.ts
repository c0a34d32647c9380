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

/** What routing must know about earlier targets and kill switches, for many targets at once. */
export abstract class RouteEvidence {
  /** Accounts that carry or carried a run; a run is given to an account at most once. */
  abstract carriers(occurrenceIds: readonly string[], tx?: Tx): Promise<readonly CarriedBy[]>;
  /** Accounts on which a post went live since `since`, in any run. */
  abstract recentUses(postIds: readonly string[], since: Date, tx?: Tx): Promise<readonly UsedOn[]>;
  /** Of these, the targets that a ramp let through and that have not gone out since: they need no second token. */
  abstract letThrough(targetIds: readonly string[], tx?: Tx): Promise<ReadonlySet<string>>;
  /** Switches that are on for any of these. */
  abstract switches(
    of: { readonly workspaceIds: readonly string[]; readonly postIds: readonly string[] },
    tx?: Tx,
  ): Promise<Switches>;
}
