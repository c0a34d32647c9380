import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import { isFull } from '../../../publishing/domain/rehearsal/rehearsal.js';
import type { Reason } from '../../../routing/domain/route-decision.js';
import type { Obstacle } from './drill-report.js';
import type { DrillFigures } from './drill-score.js';
import { ObstacleCount } from './obstacles.js';

/** Live so long after its time is still on time (`outage-trace.md` 3.5). */
const ON_TIME_MS = 30 * MINUTE_MS;

/** A post that was put on the stage. */
export interface PlayedPost {
  /** Stands in its caption. */
  readonly marker: string;
  /** On the stage's clock. */
  readonly dueAt: Date;
  /** The account on the platform that broke, as the sandbox names it. */
  readonly originExternalId: string;
  /** Why routing sent it nowhere else, whenever it said so. */
  readonly obstacles: readonly Reason[];
}

/** A copy the sandbox took: ground truth, whatever we believe. */
export interface PlayedCopy {
  readonly marker: string;
  readonly externalId: string;
  readonly liveAt: Date;
}

export interface PlayedFacts {
  readonly posts: readonly PlayedPost[];
  readonly copies: readonly PlayedCopy[];
  /** When the platform was well again. */
  readonly healedAt: Date;
  readonly timeScale: number;
}

export interface PlayedResult {
  readonly figures: Omit<DrillFigures, 'tokensAtRisk' | 'accounts'> & { readonly duplicates: number };
  readonly counts: { readonly moved: number; readonly late: number; readonly missed: number };
  readonly caughtUp: number;
  readonly obstacles: readonly Obstacle[];
}

/** What really became of the posts, by the platforms' own books. Delays are those of the outage: stage time times scale. */
export const playedFigures = ({ posts, copies, healedAt, timeScale }: PlayedFacts): PlayedResult => {
  const byMarker = Map.groupBy(copies, ({ marker }) => marker);
  const fates = posts.map((post) => fateOf(post, byMarker.get(post.marker) ?? [], timeScale));
  const moves = fates
    .flatMap((fate) => (fate.kind === 'moved' ? [fate.delayMs / SECOND_MS] : []))
    .sort((a, b) => a - b);
  const slowest = moves[Math.max(0, Math.ceil(moves.length * 0.95) - 1)];
  const count = (kind: Fate['kind']) => fates.filter((fate) => fate.kind === kind).length;
  const [moved, late, missed] = [count('moved'), count('late'), count('missed')];
  const obstacles = new ObstacleCount();
  for (const post of posts) obstacles.add(post.obstacles);
  return {
    figures: {
      affected: posts.length,
      reached: moved + late,
      onTime: fates.filter((fate) => fate.kind !== 'missed' && fate.delayMs <= ON_TIME_MS).length,
      withoutFallback: posts.filter((post, index) => fates[index]?.kind !== 'moved' && isStranded(post)).length,
      turnedAway: posts.filter(isTurnedAway).length,
      ...(slowest === undefined ? {} : { secondsToMove: Math.round(slowest) }),
      duplicates: duplicatesIn(copies),
    },
    counts: { moved, late, missed },
    obstacles: obstacles.list(),
    caughtUp: posts.filter((post, index) => fates[index]?.kind === 'moved' && isCaughtUp(post, byMarker, healedAt))
      .length,
  };
};

type Fate = { readonly kind: 'moved' | 'late' | 'missed'; readonly delayMs: number };

const fateOf = ({ dueAt, originExternalId }: PlayedPost, copies: readonly PlayedCopy[], timeScale: number): Fate => {
  const [first] = copies.toSorted((one, other) => one.liveAt.getTime() - other.liveAt.getTime());
  if (!first) return { kind: 'missed', delayMs: Infinity };
  const delayMs = Math.max(0, first.liveAt.getTime() - dueAt.getTime()) * timeScale;
  return { kind: first.externalId === originExternalId ? 'late' : 'moved', delayMs };
};

const isCaughtUp = (
  { marker, originExternalId }: PlayedPost,
  byMarker: ReadonlyMap<string, readonly PlayedCopy[]>,
  healedAt: Date,
): boolean =>
  (byMarker.get(marker) ?? []).some(({ externalId, liveAt }) => externalId === originExternalId && liveAt >= healedAt);

const isTurnedAway = ({ obstacles }: PlayedPost): boolean => obstacles.some(({ code }) => isFull(code));
const isStranded = (post: PlayedPost): boolean => post.obstacles.length > 0 && !isTurnedAway(post);

const duplicatesIn = (copies: readonly PlayedCopy[]): number => {
  const perAccount = Map.groupBy(copies, ({ marker, externalId }) => `${marker}|${externalId}`);
  return [...perAccount.values()].reduce((sum, same) => sum + same.length - 1, 0);
};
