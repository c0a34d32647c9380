import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import type {
  CommitOutcome,
  Evidence,
  PrepareOutcome,
  Processing,
  Rejected,
  Throttled,
  Unauthorised,
  Unavailable,
} from '../../../platforms/domain/publish-outcome.js';
import { withAnswer } from './answer.js';
import { nextCheckDelayMs } from '../publishing-timing.js';
import type { StepContext } from './step-context.js';
import { retryDelayMs } from './retry.policy.js';
import type { Effect, ErrorCategory, ErrorSource, SendOutcome, Step, TargetState } from '../targets/target-state.js';
import { whileFresh } from '../targets/while-fresh.js';

/**
 * A Retry-After for our whole app stops every workspace: after this long one call asks again, whatever the platform said.
 * Source: design 4.5; an hour is the longest window platforms count app limits in (`platforms.md` 1.9, 2.3).
 */
const APP_WAIT_CAP_MS = HOUR_MS;

/** Reversible work that did not get ready. */
export type PrepareFailure = Extract<
  PrepareOutcome,
  { kind: 'rejected' | 'throttled' | 'unauthorised' | 'unavailable' }
>;

/** The answer of reversible work that did not get ready (`schema.md`, outcome map, row prepare). */
export const settlePrepare = (target: TargetState, outcome: PrepareFailure, context: StepContext): Step =>
  withAnswer(stepOfPrepare(target, outcome, context), outcome);

const stepOfPrepare = (target: TargetState, outcome: PrepareFailure, context: StepContext): Step => {
  switch (outcome.kind) {
    case 'rejected':
      return rejected(outcome);
    case 'throttled':
      return throttled(target, outcome, context);
    case 'unauthorised':
      return unauthorised(target, outcome, context);
    case 'unavailable':
      return unavailable(target, outcome, { ...context, capability: 'upload' });
    default:
      return exhausted(outcome);
  }
};

/** The answer of the irreversible call, or its absence (`schema.md`, outcome map, rows commit). */
export const settleCommit = (target: TargetState, outcome: CommitOutcome, context: StepContext): Step =>
  withAnswer(stepOfCommit(target, outcome, context), outcome);

const stepOfCommit = (target: TargetState, outcome: CommitOutcome, context: StepContext): Step => {
  switch (outcome.kind) {
    case 'published':
      return published(outcome, context);
    case 'processing':
      return processing(outcome, context);
    case 'rejected':
      return rejected(outcome);
    case 'throttled':
      return throttled(target, outcome, context);
    case 'unauthorised':
      return unauthorised(target, outcome, context);
    case 'unavailable':
      return unavailable(target, outcome, { ...context, capability: 'publish' });
    case 'unknown':
      return inDoubt(outcome.detail ?? 'The platform did not answer.', context);
    default:
      return exhausted(outcome);
  }
};

/**
 * The worker died. Without a begun call nothing was sent; with one only the platform can tell, and the call may run
 * on until the deadline it was given: that stays as it is. It says nothing about the platform: our own death is no
 * outage of theirs.
 */
export const settleDeath = (target: TargetState, callBegun: boolean, context: StepContext): Step =>
  callBegun
    ? {
        ...inDoubt('Our process ended while the platform was being asked.', context, 'system'),
        attempt: { state: 'unknown' },
        effects: DOUBTED,
      }
    : {
        cause: 'worker_died_before_call',
        target: { status: 'scheduled', bumpVersion: true, dueAt: whileFresh(target, context.now) },
        attempt: { state: 'abandoned' },
        effects: [],
      };

const published = (outcome: Extract<CommitOutcome, { kind: 'published' }>, { now, timing }: StepContext): Step => ({
  cause: 'platform_confirmed',
  target: {
    status: 'published',
    error: null,
    checks: 0,
    nextCheckAt: outcome.platformPostId === undefined ? plusMs(now, timing.processingCheckMs) : null,
    live: {
      ...(outcome.platformPostId === undefined ? {} : { platformPostId: outcome.platformPostId }),
      ...(outcome.permalink === undefined ? {} : { permalink: outcome.permalink }),
      publishedAt: outcome.publishedAt ?? now,
      late: false,
      ...(outcome.notices === undefined ? {} : { notices: outcome.notices }),
    },
  },
  attempt: { state: 'published' },
  effects: [
    { kind: 'signal', capability: 'publish', verdict: 'good' },
    { kind: 'event', type: 'post.published' },
  ],
});

const processing = (outcome: Processing, { now, timing }: StepContext): Step => ({
  cause: 'platform_accepted',
  target: {
    status: 'publishing',
    nextCheckAt: plusMs(now, timing.processingCheckMs),
    checks: 0,
    ...(outcome.platformPostId === undefined
      ? {}
      : { link: { platformPostId: outcome.platformPostId, permalink: undefined } }),
  },
  attempt: { state: 'processing' },
  effects: [{ kind: 'signal', capability: 'publish', verdict: 'good' }],
});

const DOUBTED: readonly Effect[] = [
  { kind: 'event', type: 'post.unconfirmed' },
  { kind: 'seek_replacement', because: 'unknown_outcome' },
];

const inDoubt = (detail: string, { now, timing }: StepContext, source: ErrorSource = 'platform'): Step => ({
  cause: 'outcome_unknown',
  target: {
    status: 'unconfirmed',
    checks: 0,
    nextCheckAt: plusMs(now, nextCheckDelayMs(timing, 0)),
    error: failure('unknown', source, 'unknown', detail),
  },
  attempt: { state: 'unknown', callDeadlineAt: plusMs(now, timing.callSlackMs) },
  effects: [{ kind: 'signal', capability: 'publish', verdict: 'unknown', errorClass: 'ambiguous' }, ...DOUBTED],
});

/** Refused for good: this account never gets it; another platform may. */
export const rejected = (outcome: Rejected): Step => ({
  cause: 'platform_refused',
  target: {
    status: 'failed',
    nextCheckAt: null,
    error: failure(outcome.category, sourceOf(outcome.category), 'rejected', detailOf(outcome)),
  },
  attempt: { state: 'rejected' },
  effects: [
    ...(outcome.category === 'account_issue'
      ? [{ kind: 'account_trouble', reason: outcome.isBanned ? 'banned' : 'refused' } satisfies Effect]
      : []),
    { kind: 'event', type: 'post.failed' },
    { kind: 'seek_replacement', because: 'rejected' },
  ],
});

/** Routing is asked again before the platform's own time, as for all that waits: a long wait may go elsewhere. */
const throttled = (target: TargetState, outcome: Throttled, { now, timing }: StepContext): Step => ({
  cause: 'platform_throttled',
  target: {
    status: 'held',
    bumpVersion: true,
    dueAt: whileFresh(target, earlier(askAgainAt(outcome, now), plusMs(now, timing.reconsiderMs))),
    hold: { reason: 'quota', until: earlier(askAgainAt(outcome, now), target.staleAt) },
    error: failure('rate_limited', 'platform', 'not_sent', detailOf(outcome)),
  },
  attempt: { state: 'throttled' },
  effects: [
    { kind: 'cap_reported', scope: outcome.scope, until: outcome.retryAt },
    { kind: 'event', type: 'post.held' },
  ],
});

/** A first refusal may be an expired token: refreshed meanwhile, then the same step again, later each time. */
const unauthorised = (target: TargetState, outcome: Unauthorised, { now, timing, jitter }: StepContext): Step => ({
  cause: 'account_unauthorised',
  target: {
    status: 'held',
    bumpVersion: true,
    tries: target.tries + 1,
    dueAt: earlier(
      plusMs(now, outcome.reconnect ? timing.reconsiderMs : retryDelayMs(target.tries + 1, jitter())),
      target.staleAt,
    ),
    hold: { reason: 'account', until: target.staleAt },
    error: failure('auth_expired', 'user', 'not_sent', detailOf(outcome)),
  },
  attempt: { state: 'unauthorised' },
  effects: [
    { kind: 'account_trouble', reason: outcome.reconnect ? 'reconnect' : 'token_refused' },
    { kind: 'event', type: 'post.held' },
  ],
});

const unavailable = (
  target: TargetState,
  outcome: Unavailable,
  { now, jitter, capability }: StepContext & { capability: 'upload' | 'publish' },
): Step => ({
  cause: 'platform_unavailable',
  target: {
    status: 'scheduled',
    bumpVersion: true,
    tries: target.tries + 1,
    dueAt: whileFresh(target, plusMs(now, retryDelayMs(target.tries + 1, jitter()))),
    error: failure('platform_error', 'platform', 'not_sent', detailOf(outcome)),
  },
  attempt: { state: 'unavailable' },
  effects: [{ kind: 'signal', capability, verdict: 'bad', errorClass: 'platform' }],
});

const failure = (category: ErrorCategory, source: ErrorSource, outcome: SendOutcome, detail: string) => ({
  category,
  source,
  outcome,
  detail,
});

const sourceOf = (category: Rejected['category']): ErrorSource =>
  category === 'platform_rejected' ? 'platform' : 'user';

/** What the platform said, in one line for a person. */
export const detailOf = (evidence: Evidence): string =>
  [evidence.platformCode, evidence.detail].filter(Boolean).join(': ') || 'The platform gave no reason.';

const askAgainAt = ({ retryAt, scope }: Throttled, now: Date): Date =>
  scope === 'app' ? earlier(retryAt, plusMs(now, APP_WAIT_CAP_MS)) : retryAt;

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

const exhausted = (value: never): never => {
  throw new Error(`Unhandled outcome ${JSON.stringify(value)}`);
};
