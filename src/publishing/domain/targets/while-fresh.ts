import type { TargetState } from './target-state.js';

/**
 * That instant, or the one at which the target gets stale if that comes first: what has become stale is found at once,
 * also where the clock that said "now" runs ahead.
 */
export const whileFresh = ({ staleAt }: Pick<TargetState, 'staleAt'>, at: Date): Date => (at < staleAt ? at : staleAt);
