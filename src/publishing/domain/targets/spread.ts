import { SECOND_MS } from '../../../kernel/durations.js';
import { derivedId } from '../../../kernel/ids.js';

/**
 * How long after the planned time a target goes out, ms: whole, 0 <= offset < `withinSeconds` s, even over many targets,
 * and the same for the same target as often as it is asked.
 */
export const spreadOf = (targetId: string, withinSeconds: number): number => {
  if (withinSeconds === 0) return 0;
  const share = Number.parseInt(derivedId('spread', targetId).slice(0, 8), 16) / 2 ** 32;
  return Math.floor(share * withinSeconds * SECOND_MS);
};
