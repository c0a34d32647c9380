/** A post as a sandbox platform really shows it. */
export interface TruthRow {
  readonly platform: string;
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly handle: string;
  readonly caption: string;
  readonly liveAt: string | null;
}

/** A target as the database has it. */
export interface TargetRow {
  readonly id: string;
  readonly rootId: string;
  readonly role: string;
  readonly status: string;
  readonly platform: string;
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly platformHandle: string | null;
  readonly caption: string;
  readonly late: boolean;
  readonly nextCheckAt: string | Date | null;
}

/** One person of a broadcast: what our ledger says, and how often the mail server really got it. */
export interface RecipientRow {
  readonly email: string;
  readonly state: string;
  readonly messageId: string;
  readonly delivered: number;
}

export interface Counts {
  readonly due: number;
  readonly liveOrigin: number;
  readonly liveFallback: number;
  readonly adoptedLate: number;
  readonly held: number;
  readonly needsDecision: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly mailsDelivered: number;
}

/** Waiting with a reason and an end, or in doubt with a look planned; anything else that is not live is lost. */
const isWaiting = (target: TargetRow): boolean =>
  target.status === 'held' || (target.status === 'unconfirmed' && target.nextCheckAt !== null);

const isSame = (post: TruthRow, target: TargetRow): boolean =>
  post.accountExternalId === target.accountExternalId &&
  ((target.platformPostId !== null && post.platformPostId === target.platformPostId) ||
    (target.platformHandle !== null && post.handle === target.platformHandle));

const isLiveAs = (target: TargetRow, truth: readonly TruthRow[]): boolean =>
  target.status === 'published' && truth.some((post) => post.liveAt !== null && isSame(post, target));

/**
 * Counts from ground truth and targets alone. An origin is live where its own target is; else its replacement counts
 * as fallback; else it is waiting, waiting for a person, or lost.
 */
export const count = (
  truth: readonly TruthRow[],
  targets: readonly TargetRow[],
  recipients: readonly RecipientRow[],
): Counts => {
  const origins = targets.filter((target) => target.role === 'origin');
  const byRoot = Map.groupBy(targets, (target) => target.rootId);
  const fates = origins.map((origin) => fateOf(origin, byRoot.get(origin.id) ?? [], truth));
  const number = (fate: string) => fates.filter((item) => item === fate).length;
  return {
    due: origins.length,
    liveOrigin: number('origin'),
    liveFallback: number('fallback'),
    adoptedLate: targets.filter((target) => target.late).length,
    held: number('held'),
    needsDecision: number('needs_decision'),
    duplicates:
      duplicatesIn(truth) +
      strangersIn(truth, targets) +
      recipients.reduce((sum, row) => sum + Math.max(0, row.delivered - 1), 0),
    lost: number('lost'),
    mailsDelivered: recipients.filter((row) => row.delivered === 1).length,
  };
};

const fateOf = (origin: TargetRow, family: readonly TargetRow[], truth: readonly TruthRow[]): string => {
  if (isLiveAs(origin, truth)) return 'origin';
  if (family.some((target) => target.role !== 'origin' && isLiveAs(target, truth))) return 'fallback';
  if (origin.status === 'needs_decision') return 'needs_decision';
  return isWaiting(origin) ? 'held' : 'lost';
};

/** Captions are unique per post in the demo: more than one copy of one caption on one account is a duplicate. */
const duplicatesIn = (truth: readonly TruthRow[]): number => {
  const copies = Map.groupBy(truth, (post) => `${post.platform}|${post.accountExternalId}|${wordsOf(post)}`);
  return [...copies.values()].reduce((sum, posts) => sum + posts.length - 1, 0);
};

/** Live posts that no target of ours stands for: somebody published them, and it was not on the record. */
const strangersIn = (truth: readonly TruthRow[], targets: readonly TargetRow[]): number =>
  truth.filter((post) => !targets.some((target) => isSame(post, target) || isUnderWay(post, target))).length;

/** The platform has it and our row will know in a moment: a slow machine is counted while catch-ups still go out. */
const isUnderWay = (post: TruthRow, target: TargetRow): boolean =>
  post.accountExternalId === target.accountExternalId &&
  (target.status === 'publishing' || target.status === 'unconfirmed') &&
  wordsOf(post) === wordsOf(target);

const wordsOf = ({ caption }: { readonly caption: string }): string => caption.slice(0, 60);

/** Every due run is somewhere, and nowhere twice. */
export const isSound = (counts: Counts): boolean =>
  counts.duplicates === 0 &&
  counts.lost === 0 &&
  counts.due === counts.liveOrigin + counts.liveFallback + counts.held + counts.needsDecision;
