import { type AttemptRow, type History, ROUNDING_MS, type TargetRow, type TruthPost } from './rows.ts';

/** A real post and what of ours made it. */
export interface Linked {
  readonly post: TruthPost;
  readonly target: TargetRow | undefined;
  readonly attempt: AttemptRow | undefined;
}

const MARKER = /\[t:[^\]]+\]/;

/** The marker that every caption of a test carries, or undefined. */
export const markerOf = (caption: string): string | undefined => MARKER.exec(caption)?.[0];

/** Links ground truth to our journal: by handle, else by id, else by the marker in the words. */
export const linkTruth = (history: History): readonly Linked[] => {
  const accounts = new Map(history.accounts.map((row) => [`${row.platform}|${row.externalId}`, row.id]));
  const targets = new Map(history.targets.map((row) => [row.id, row]));
  const attemptsOf = Map.groupBy(history.attempts, (row) => row.accountId);
  const targetsOf = Map.groupBy(history.targets, (row) => row.accountId);
  return history.truth.map((post) => {
    const accountId = accounts.get(`${post.platform}|${post.accountExternalId}`) ?? '';
    const attempts = attemptsOf.get(accountId) ?? [];
    const byHandle = lastBegun(
      attempts.filter(({ handle }) => handle !== null && handle === post.handle),
      post,
    );
    if (byHandle) return { post, attempt: byHandle, target: targets.get(byHandle.targetId) };
    const target =
      byId(targetsOf.get(accountId) ?? [], post) ?? byMarker(targetsOf.get(accountId) ?? [], attempts, post);
    const own = attempts.filter(({ targetId }) => targetId === target?.id);
    return { post, target, attempt: lastBegun(own, post) };
  });
};

/** Of several tries with one handle, the last whose call had begun when the platform took the post. */
const lastBegun = (attempts: readonly AttemptRow[], { createdAt }: TruthPost): AttemptRow | undefined =>
  attempts.findLast(({ commitStartedAt }) => commitStartedAt !== null && commitStartedAt <= createdAt + ROUNDING_MS) ??
  attempts.at(-1);

const byId = (targets: readonly TargetRow[], { platformPostId, handle }: TruthPost): TargetRow | undefined =>
  targets.find((row) => platformPostId !== null && row.platformPostId === platformPostId) ??
  targets.find((row) => row.platformHandle !== null && row.platformHandle === handle);

/** Several runs of one post share their words: then the one whose call was under way. */
const byMarker = (
  targets: readonly TargetRow[],
  attempts: readonly AttemptRow[],
  { caption, createdAt }: TruthPost,
): TargetRow | undefined => {
  const marker = markerOf(caption);
  const same = marker === undefined ? [] : targets.filter((row) => markerOf(row.caption) === marker);
  if (same.length < 2) return same[0];
  const sameIds = new Set(same.map(({ id }) => id));
  const underWay = attempts.filter(
    ({ targetId, commitStartedAt, callDeadlineAt }) =>
      sameIds.has(targetId) &&
      commitStartedAt !== null &&
      commitStartedAt <= createdAt + ROUNDING_MS &&
      createdAt <= (callDeadlineAt ?? Infinity),
  );
  return same.find(({ id }) => id === underWay.at(-1)?.targetId);
};
