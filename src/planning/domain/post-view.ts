import { type PostStatus, postStatus } from '../../publishing/domain/targets/post-status.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import { TERMINAL_STATUSES } from '../../publishing/domain/targets/target-status.js';
import type { Warning } from './finding.js';
import type { StoredPost } from '../../library/domain/post-snapshot.js';

/** A post with where it goes and how it stands. */
export interface PostView {
  readonly post: StoredPost;
  readonly targets: readonly TargetSummary[];
  readonly status: PostStatus;
  /** What the user may want to know about the run that was just planned. */
  readonly warnings?: readonly Warning[];
}

/**
 * The status of a post: of its latest run, and of earlier runs as far as they are not over. An evergreen post that
 * failed once in spring is not "partial" for ever.
 */
const statusOf = (targets: readonly TargetSummary[]): PostStatus => {
  // Ids are time-ordered (UUID version 7), so the greatest is the latest run's.
  const latest = targets
    .map(({ occurrenceId }) => occurrenceId)
    .reduce((one, other) => (one > other ? one : other), '');
  const live = new Set(targets.filter(({ status }) => status === 'published').map(({ id }) => id));
  return postStatus(
    targets
      .filter(({ occurrenceId, status }) => occurrenceId === latest || !TERMINAL_STATUSES.includes(status))
      .filter((target) => !isSpare(target))
      .map(({ status, holdReason, replacementId }) => ({
        status,
        isUnapproved: holdReason === 'approval',
        replacementLive: replacementId !== undefined && live.has(replacementId),
      })),
  );
};

/** What stood in for another one, and was taken back or came too late: the one it stood for speaks for both. */
const isSpare = ({ role, status }: TargetSummary): boolean =>
  (role === 'reroute' || role === 'catch_up') && (status === 'cancelled' || status === 'missed');

export const viewOf = (post: StoredPost, targets: readonly TargetSummary[]): PostView => ({
  post,
  targets,
  status: statusOf(targets),
});

/** True when the post went out, or is to go out, at least once: what is cancelled does not count. */
export const hasRun = (targets: readonly TargetSummary[]): boolean =>
  targets.some(({ status }) => status !== 'cancelled' && status !== 'draft');
