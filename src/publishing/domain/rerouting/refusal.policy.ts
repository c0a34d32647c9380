import type { TargetRecord } from '../targets/target-record.js';

/** So many accounts may refuse one run before a person looks. */
const MOST_REFUSALS = 2;

/**
 * Whether a run whose content was refused may go to another account by itself. Where it was meant to go, a refusal is
 * the answer: what our content did there it may do elsewhere. What only its replacement met says little about it, once.
 *
 * @param refusals of this run so far, this one included
 */
export const goesOnAfterRefusal = ({ role }: Pick<TargetRecord, 'role'>, refusals: number): boolean =>
  role === 'reroute' && refusals < MOST_REFUSALS;
