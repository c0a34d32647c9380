import type { Tx } from '../../../kernel/transaction.js';
import type { RunMember } from './untouched-run.policy.js';

/** Which targets runs have, whatever became of them. */
export abstract class RunMembers {
  abstract of(workspaceId: string, occurrenceIds: readonly string[], tx: Tx): Promise<readonly RunMember[]>;
}
