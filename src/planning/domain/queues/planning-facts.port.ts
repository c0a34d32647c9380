import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { EvergreenItem, Span, Taken } from './queue.js';

/** Which posts a plan may use. */
export interface ItemQuestion {
  /** Only these; all that may return when left out. */
  readonly postIds?: readonly string[];
  /** Runs still to come that are to be planned anew: they count as if they were not there. */
  readonly without: readonly string[];
  /** Past views are needed; without, they may be there all the same. */
  readonly withViews: boolean;
}

/** An evergreen post with the numbers of its wordings: index 0 is the post's own words, number 0. */
export interface PlanningItem extends EvergreenItem {
  readonly variationNumbers: readonly number[];
}

/** What plans are made of, a few statements for all posts of a workspace. */
export abstract class PlanningFacts {
  /** In order of their ids; not to be changed, since others may read the same. */
  abstract items(workspaceId: WorkspaceId, question: ItemQuestion, tx?: Tx): Promise<readonly PlanningItem[]>;
  /** Targets of these accounts that are planned or live, from a day before the span to a day after. */
  abstract targets(
    workspaceId: WorkspaceId,
    where: { readonly accountIds: readonly string[]; readonly span: Span; readonly without: readonly string[] },
    tx?: Tx,
  ): Promise<Taken['targets']>;
}
