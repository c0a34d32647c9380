import { plusMs } from '../../../kernel/durations.js';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import type { CheckOutcome } from '../../../platforms/domain/publish-outcome.js';
import { type AbsenceVerdict, judgeAbsence } from './absence.policy.js';
import { withAnswer } from '../firing/answer.js';
import { detailOf, rejected } from '../firing/outcome.policy.js';
import type { StepContext, StepTime } from '../firing/step-context.js';
import { stillWaits, wentLive } from './progress.policy.js';
import { nextCheckDelayMs } from '../publishing-timing.js';
import type { AttemptView, Effect, Step, TargetState } from '../targets/target-state.js';
import { whileFresh } from '../targets/while-fresh.js';

/** What a look at the platform showed, handle and list taken together. */
export type Sighting =
  | Extract<CheckOutcome, { kind: 'published' | 'processing' | 'rejected' | 'unavailable' | 'unauthorised' }>
  /** One clean read that does not show it. */
  | { readonly kind: 'absent' }
  /** Neither handle nor list exists here: nobody can be asked, now or later. */
  | { readonly kind: 'untellable' }
  /** Several posts could be ours: never pick. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] };

/** Facts a reconciliation step needs. */
export interface ReconcileContext extends StepTime {
  readonly rule: AbsenceRule;
  /** false: what a clean read does not show is no evidence now. */
  readonly readHealthy?: boolean;
}

/** One look at an accepted or doubtful attempt (design 4.2). */
export const settleSighting = (
  target: TargetState,
  attempt: AttemptView,
  sighting: Sighting,
  context: ReconcileContext,
): Step => {
  switch (sighting.kind) {
    case 'published':
      return adopted(target, attempt, sighting, context);
    case 'processing':
      return stillProcessing(target, attempt, context);
    case 'rejected':
      return refused(target, sighting);
    case 'ambiguous': {
      const detail = `Several posts could be this one: ${sighting.candidates.join(', ')}.`;
      return target.status === 'publishing' ? doubted('several_candidates', detail, context) : needsDecision(detail);
    }
    case 'absent':
      return absent(target, attempt, context);
    case 'untellable':
      return untellable(target, attempt, context);
    case 'unavailable':
    case 'unauthorised':
      return lookAgain(target, attempt, context, NOT_READ);
    default:
      return exhausted(sighting);
  }
};

const adopted = (
  target: TargetState,
  attempt: AttemptView,
  sighting: Extract<Sighting, { kind: 'published' }>,
  { now, timing }: ReconcileContext,
): Step => {
  const doubted = attempt.state !== 'processing';
  return {
    cause: doubted ? 'found_live' : 'platform_confirmed',
    target: {
      status: 'published',
      error: null,
      checks: 0,
      nextCheckAt: isNamed(sighting) ? null : plusMs(now, timing.processingCheckMs),
      live: {
        ...(sighting.platformPostId === undefined ? {} : { platformPostId: sighting.platformPostId }),
        ...(sighting.permalink === undefined ? {} : { permalink: sighting.permalink }),
        publishedAt: sighting.publishedAt ?? now,
        late: doubted || target.status !== 'publishing',
        ...(sighting.notices === undefined ? {} : { notices: sighting.notices }),
      },
    },
    attempt: { state: doubted ? 'adopted' : 'published' },
    effects: [
      ...(doubted
        ? [{ kind: 'event', type: 'post.reconciled' } satisfies Effect]
        : [wentLive(attempt, sighting.publishedAt ?? now)]),
      { kind: 'event', type: 'post.published' },
    ],
  };
};

/** Its public id is known, or will never be. */
const isNamed = ({ platformPostId, staysWithoutId }: Extract<Sighting, { kind: 'published' }>): boolean =>
  platformPostId !== undefined || staysWithoutId === true;

/** Accepted and not live yet; too long is doubt. */
const stillProcessing = (target: TargetState, attempt: AttemptView, context: ReconcileContext): Step => {
  const { now, timing } = context;
  const since = attempt.outcomeAt ?? now;
  const tooLong = now >= plusMs(since, timing.processingDoubtMs);
  const step =
    target.status === 'unconfirmed' || !tooLong
      ? lookAgain(target, attempt, context, NOT_READ)
      : doubted('processing_too_long', NOT_SHOWN, context);
  return { ...step, effects: [...stillWaits(attempt, now), ...step.effects] };
};

const NOT_SHOWN = 'The platform accepted it but does not show it.';

/** What was accepted comes into doubt; its call is long over. */
const doubted = (cause: string, detail: string, { now, timing }: StepTime): Step => ({
  cause,
  target: {
    status: 'unconfirmed',
    checks: 0,
    nextCheckAt: plusMs(now, nextCheckDelayMs(timing, 0)),
    error: { category: 'unknown', source: 'platform', outcome: 'unknown', detail },
  },
  attempt: { state: 'unknown', callDeadlineAt: now },
  effects: [
    { kind: 'event', type: 'post.unconfirmed' },
    { kind: 'seek_replacement', because: 'unknown_outcome' },
  ],
});

/** The platform itself says no: the doubt ends with its reason, unless a replacement carries the run already. */
const refused = (target: TargetState, sighting: Extract<Sighting, { kind: 'rejected' }>): Step =>
  target.status === 'unconfirmed' && target.replacementCarries
    ? withReplacement(detailOf(sighting))
    : withAnswer(rejected(sighting), sighting);

const absent = (target: TargetState, attempt: AttemptView, context: ReconcileContext): Step => {
  // An ill platform answers cleanly from a stale copy: that silence is nobody's witness.
  if (context.readHealthy === false) return lookAgain(target, attempt, context, NOT_READ);
  const verdict = judgeAbsence(context.rule, attempt, context.now, context.timing);
  if (!verdict.proven) return lookAgain(target, attempt, context, verdict);
  if (target.replacementCarries) return withReplacement('The platform shows that nothing was sent.');
  if (context.now >= target.staleAt && target.status === 'publishing')
    return doubted('accepted_but_absent', NOT_SHOWN, context);
  if (context.now >= target.staleAt)
    return {
      cause: 'absence_proven_stale',
      target: { status: 'missed', nextCheckAt: null },
      attempt: { state: 'disproved' },
      effects: [{ kind: 'event', type: 'post.missed' }],
    };
  return {
    cause: 'absence_proven',
    target: {
      status: 'scheduled',
      bumpVersion: true,
      dueAt: whileFresh(target, context.now),
      nextCheckAt: null,
      tries: target.tries + 1,
    },
    attempt: { state: 'disproved' },
    effects: [],
  };
};

/** Waiting would bring nothing: once the call is surely dead, the one who sees the channel decides. */
const untellable = (target: TargetState, attempt: AttemptView, context: ReconcileContext): Step => {
  const isOver = attempt.callDeadlineAt !== undefined && context.now > attempt.callDeadlineAt;
  return target.status === 'unconfirmed' && isOver
    ? needsDecision('The answer got lost, and here a sent message cannot be looked up. Look yourself, then decide.')
    : lookAgain(target, attempt, context, NOT_READ);
};

/** The origin is proven empty and its replacement carries the post. */
const withReplacement = (detail: string): Step => ({
  cause: 'absence_proven_replaced',
  target: {
    status: 'rerouted',
    nextCheckAt: null,
    error: { category: 'platform_error', source: 'platform', outcome: 'not_sent', detail },
  },
  attempt: { state: 'disproved' },
  effects: [],
});

/** A look that says nothing about absence. */
const NOT_READ: AbsenceVerdict = { counts: false, proven: false };

const lookAgain = (
  target: TargetState,
  attempt: AttemptView,
  context: ReconcileContext,
  { counts: absentRead, nextReadAt }: AbsenceVerdict,
): Step => {
  const { now, timing } = context;
  const doubtSince = attempt.outcomeAt ?? now;
  if (target.status === 'unconfirmed' && now >= plusMs(doubtSince, timing.reconcileForMs))
    return needsDecision('The platform could not be asked, or did not tell, for the whole time we look.');
  // Not being able to ask must not keep an accepted post `publishing` for ever.
  if (target.status === 'publishing' && now >= plusMs(doubtSince, timing.processingDoubtMs))
    return doubted('not_shown_too_long', NOT_SHOWN, context);
  const checks = target.checks + 1;
  const delay = attempt.state === 'processing' ? processingDelayMs(context, checks) : nextCheckDelayMs(timing, checks);
  return {
    cause: 'look_again',
    target: { status: target.status, checks, nextCheckAt: sooner(plusMs(now, delay), now, nextReadAt) },
    ...(absentRead ? { attempt: { state: attempt.state, absentRead } } : {}),
    effects: [],
  };
};

/** The schedule spreads looks over hours; a read that can prove something is not left waiting for it. */
const sooner = (planned: Date, now: Date, useful: Date | undefined): Date =>
  useful && useful > now && useful < planned ? useful : planned;

/** Quick at first, then at the pace of doubt: 5 s six times, then the reconcile schedule (`platforms.md` 1.7). */
const QUICK_LOOKS = 6;
const processingDelayMs = ({ timing }: ReconcileContext, checks: number): number =>
  checks <= QUICK_LOOKS ? timing.processingCheckMs : nextCheckDelayMs(timing, checks - QUICK_LOOKS);

/** The id that was named belongs to another target: never counted twice; a person looks at both. */
export const settleForeignPost = (target: TargetState, detail: string, context: StepContext): Step | undefined => {
  if (target.status === 'publishing') return doubted('post_belongs_to_another', detail, context);
  if (target.status === 'unconfirmed') return needsDecision(detail);
  if (target.status !== 'published') return undefined;
  return { cause: 'post_belongs_to_another', target: { status: 'published', nextCheckAt: null }, effects: [] };
};

const needsDecision = (detail: string): Step => ({
  cause: 'needs_decision',
  target: {
    status: 'needs_decision',
    nextCheckAt: null,
    error: { category: 'unknown', source: 'platform', outcome: 'unknown', detail },
  },
  effects: [{ kind: 'event', type: 'post.needs_decision' }],
});

const exhausted = (value: never): never => {
  throw new Error(`Unhandled sighting ${JSON.stringify(value)}`);
};
