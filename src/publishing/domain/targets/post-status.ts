import type { TargetStatus } from './target-status.js';

export type PostStatus = 'draft' | 'scheduled' | 'publishing' | 'published' | 'partial' | 'failed' | 'cancelled';

const IN_FLIGHT: readonly TargetStatus[] = ['publishing', 'unconfirmed', 'needs_decision', 'held'];

/** One target as the post's status sees it. */
export interface StatusOfTarget {
  readonly status: TargetStatus;
  /** Held only because nobody has approved it: it waits for its time as what is scheduled does. */
  readonly isUnapproved?: boolean;
  /** For `rerouted`: whether the replacement is live. */
  readonly replacementLive?: boolean;
}

/** The status of a post from its targets (`schema.md`, target status). No targets: a draft. */
export const postStatus = (targets: readonly StatusOfTarget[]): PostStatus => {
  const has = (...wanted: readonly TargetStatus[]) => targets.some((target) => wanted.includes(target.status));
  if (targets.some(({ status, isUnapproved }) => IN_FLIGHT.includes(status) && !isUnapproved)) return 'publishing';
  if (has('scheduled', 'held')) return 'scheduled';
  const counted = targets.filter((target) => target.status !== 'draft');
  if (counted.length === 0) return 'draft';
  const live = counted.filter((target) => target.status === 'published' || target.replacementLive === true);
  if (live.length === counted.length) return 'published';
  if (live.length > 0) return 'partial';
  return counted.every((target) => target.status === 'cancelled') ? 'cancelled' : 'failed';
};
