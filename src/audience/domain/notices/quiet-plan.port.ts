import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';

/** When the readers of a list may be written to, by zone; `zones` and `notBefores` belong together by index. */
export interface QuietPlan {
  /** For readers without a zone, or with one nobody knows: by the workspace's own clocks. */
  readonly otherwise: Date;
  readonly zones: readonly string[];
  readonly notBefores: readonly Date[];
}

/** Quiet hours as a freeze writes them into `broadcast_recipient.not_before`. */
export abstract class QuietPlans {
  /** For every zone that the workspace's subscribers name; all the present instant when it keeps no quiet hours. */
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<QuietPlan>;
}
