import type { Tx } from '../../../kernel/transaction.js';

/** Who asked for a run: a person or the API, a queue, a rule, or an incident with free slots. */
export type RunSource = 'api' | 'queue' | 'rrule' | 'fill';

/** One run of a post to be. */
export interface NewRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly plannedAt: Date;
  readonly source: RunSource;
  /** Which wording of the post it has; 0: its own words. */
  readonly variation: number;
}

/** Runs of posts. */
export abstract class Occurrences {
  /** Numbers them on from the posts' last runs, in order of time. The caller has locked the posts. */
  abstract createMany(runs: readonly NewRun[], tx: Tx): Promise<void>;
}
