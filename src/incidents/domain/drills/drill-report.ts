import type { TokenRisk } from '../../../accounts/domain/token-risk.policy.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { Fate } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { type DrillFigures, hasPassed, type Score, type ScoreItemCode } from './drill-score.js';

/** `nothing_due`: nothing that the outage concerns waits, so there was nothing to rehearse. */
export type DrillResult = 'passed' | 'failed' | 'nothing_due';

/** A reason that kept posts from going elsewhere. */
export interface Obstacle {
  readonly code: string;
  /** Posts it stood in the way of. */
  readonly count: number;
  /** How it read for one of them. */
  readonly example: string;
}

/** An account that would take posts over. */
export interface FallbackLine {
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly displayName: string;
  /** Posts it would take over. */
  readonly moved: number;
  /** Posts it published per hour over the last 28 days. */
  readonly usualPerHour: number;
  /** The hour in which it would have most to do; ISO instant. */
  readonly busiestHour: string;
  readonly ownThen: number;
  readonly extraThen: number;
}

/** An account whose token may not last. */
export interface TokenLine {
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly displayName: string;
  readonly risk: TokenRisk;
  /** ISO instant. */
  readonly tokenExpiresAt?: string;
  readonly next: string;
}

/** What the backup list would be told. */
export interface BroadcastLine {
  readonly recipients: number;
  /** Absent: a person must send the draft. */
  readonly sentAfterSeconds?: number;
  /** Posts whose route asks for it. */
  readonly asking: number;
  readonly next: string;
}

/** What was measured when a sandbox drill was really played; seconds are those of the outage, not of the wall. */
export interface PlayedLine {
  readonly timeScale: number;
  /** From the break until we knew; absent: we never did. */
  readonly detectedAfterSeconds?: number;
  /** From the repair until everything was let through again; absent: not within the drill. */
  readonly readmittedAfterSeconds?: number;
  readonly caughtUp: number;
  readonly duplicates: number;
  /** Posts of the queue that were copied, of how many there were. */
  readonly copied: number;
  readonly found: number;
  /** Platforms that the sandbox does not play. */
  readonly leftOut: readonly string[];
}

/** The same drill before. */
export interface Comparison {
  readonly drillId: string;
  /** ISO instant. */
  readonly finishedAt: string;
  readonly points: number;
  /** Points now less points then. */
  readonly change: number;
  readonly items: readonly { readonly code: ScoreItemCode; readonly before: number; readonly now: number }[];
}

/** All that a drill found. Kept as it is: nothing in it is read again to decide anything. */
export interface DrillReport {
  readonly result: DrillResult;
  /** One sentence, at most 300 characters. */
  readonly summary: string;
  readonly score?: Score;
  /** ISO instants. */
  readonly outage: { readonly from: string; readonly until: string };
  readonly counts: Readonly<Record<Fate, number>>;
  /** False: more waited than one drill looks at. */
  readonly isWhole: boolean;
  readonly obstacles: readonly Obstacle[];
  readonly fallbacks: readonly FallbackLine[];
  readonly tokens: readonly TokenLine[];
  readonly broadcast: BroadcastLine;
  readonly played?: PlayedLine;
  readonly comparison?: Comparison;
  /** What this kind of drill cannot know, in sentences. */
  readonly limits: readonly string[];
}

/** What a drill says about itself, whatever it found. */
export const LIMITS = {
  dry_run: [
    'The outage is taken as known from its first second; a real one is noticed within about a minute.',
    'Other platforms are taken to stay as they are now, and the ramp after the outage as passed at once.',
    'Places on fallbacks are dealt in the order in which posts are due.',
  ],
  sandbox: [
    'Captions and videos are stand-ins: whether a fallback takes the real ones, the dry run says.',
    'Time runs faster than in a real outage; calls do not, so delays are rather over- than understated.',
    'Accounts on the stage have no history and no quota: they take over at the pace of quiet accounts; quotas, the dry run knows.',
  ],
} as const;

export const resultOf = (score: Score | undefined): DrillResult =>
  score ? (hasPassed(score) ? 'passed' : 'failed') : 'nothing_due';

/** The drill in one sentence. */
export const summaryOf = (
  score: Score | undefined,
  figures: Pick<DrillFigures, 'affected' | 'reached' | 'withoutFallback' | 'turnedAway'>,
  platform: string,
): string => {
  if (!score) return `Nothing that an outage of ${platformTitle(platform)} concerns waits in this span.`;
  const { affected, reached, withoutFallback, turnedAway } = figures;
  const stranded = withoutFallback === 0 ? 'each has somewhere to go' : `${withoutFallback} have no fallback`;
  const full = turnedAway === 0 ? '' : `, ${turnedAway} met a full one`;
  return `${reached} of ${affected} posts would reach an audience while ${platformTitle(platform)} is down; ${stranded}${full}. Score ${score.points} of 100.`;
};

/** How this drill did against an earlier one of the same kind and place; undefined when either has no score. */
export const compareWith = (
  score: Score | undefined,
  earlier: { readonly id: string; readonly finishedAt: Date; readonly score: Score } | undefined,
): Comparison | undefined => {
  if (!score || !earlier) return undefined;
  const before = new Map(earlier.score.items.map(({ code, value }) => [code, value]));
  return {
    drillId: earlier.id,
    finishedAt: earlier.finishedAt.toISOString(),
    points: earlier.score.points,
    change: score.points - earlier.score.points,
    items: score.items.flatMap(({ code, value }) => {
      const then = before.get(code);
      return then === undefined ? [] : [{ code, before: then, now: value }];
    }),
  };
};
