import type { TargetRecord } from '../targets/target-record.js';

/**
 * Whether a run whose content was refused may go to another account by itself. Where it was meant to go a refusal is the
 * answer: what our content did there it may do elsewhere, and a person looks first. What only its first replacement met
 * says little about the others: it goes on once. An origin in doubt is asked for itself again, and one that is live after
 * all needs nothing more.
 *
 * @param root the target the run was meant for
 */
export const goesOnAfterRefusal = (
  refused: Pick<TargetRecord, 'id' | 'role'>,
  root: Pick<TargetRecord, 'status' | 'replacementId'>,
): boolean => refused.role === 'reroute' && root.replacementId === refused.id && root.status === 'rerouted';
