import type { Warning } from './finding.js';
import type { WayOut } from './ways-out.js';

/**
 * Fallbacks that could not take this post if its platform failed, told while there is time to give it a variant. A
 * target whose route names nobody is a matter of readiness, not of this post.
 */
export const fallbackWarnings = (ways: readonly WayOut[]): Warning[] =>
  ways.flatMap(({ index, fallbacks }) =>
    fallbacks.flatMap(({ fault, message }) =>
      fault && message ? [{ field: `targets.${index}`, code: `fallback.${fault}`, message }] : [],
    ),
  );
