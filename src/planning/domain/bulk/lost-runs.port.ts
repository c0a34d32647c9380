import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/** Targets of one run that a queue had planned, and that are to get another slot of it. */
export interface LostRun {
  readonly occurrenceId: string;
  readonly queueId: string;
  readonly postId: string;
  readonly targets: readonly { readonly id: string; readonly accountId: string }[];
  /** Nothing else of the run is left: it gives its old place up. */
  readonly isWhole: boolean;
}

/** Runs that queues had planned. */
export abstract class LostRuns {
  /** Those of these targets, the earliest first; targets that no queue of today planned are in none. */
  abstract ofTargets(workspaceId: WorkspaceId, targetIds: readonly string[], tx: Tx): Promise<readonly LostRun[]>;
}
