import type { CommitOutcome } from '../../platforms/domain/publish-outcome.js';
import type { RouteDecision } from '../../routing/domain/route-decision.js';
import { type NotReady, settleAnswer, settleLeftover, settleNotReady } from './firing/call.policy.js';
import type { StepContext } from './firing/step-context.js';
import { type Look, settleLook } from './reconcile/look.policy.js';
import { stepOfDecision, waitForEarlierStep } from './rerouting/decision.policy.js';
import { CANCELLED, GIVEN_UP, retriedByHand } from './targets/by-hand.policy.js';
import type {
  AttemptChange,
  AttemptView,
  Effect,
  HoldReason,
  Step,
  TargetChange,
  TargetState,
} from './targets/target-state.js';
import { assertCanBecome } from './targets/target-status.js';

/** A target as far as a step may change it. */
export interface EngineTarget extends TargetState {
  readonly version: number;
  readonly dueAt: Date;
  readonly holdReason?: HoldReason;
  readonly holdUntil?: Date;
  readonly nextCheckAt?: Date;
  readonly error?: NonNullable<TargetChange['error']>;
  readonly platformHandle?: string;
  readonly permalink?: string;
  readonly publishedAt?: Date;
  readonly late: boolean;
}

/** The two rows a step is about. Without an attempt: nothing of this version was tried yet. */
export interface EngineState<T extends EngineTarget = EngineTarget, A extends AttemptView = AttemptView> {
  readonly target: T;
  readonly attempt?: A;
}

/** What can happen to a target. */
export type EngineEvent =
  | { readonly kind: 'not_ready'; readonly outcome: NotReady }
  | { readonly kind: 'answered'; readonly outcome: CommitOutcome }
  /** Its worker is gone or lost sight of it; its intent stands. */
  | { readonly kind: 'left' }
  | { readonly kind: 'looked'; readonly look: Look }
  | { readonly kind: 'decided'; readonly decision: RouteDecision }
  /** Another run of the post is still open on the account. */
  | { readonly kind: 'earlier_open' }
  | { readonly kind: 'cancelled' | 'given_up' | 'retried' };

/** The step an event makes; undefined: for these rows, as they are now, the event means nothing. */
export const stepFor = (
  { target, attempt }: EngineState,
  event: EngineEvent,
  context: StepContext,
): Step | undefined => {
  switch (event.kind) {
    case 'not_ready':
      return attempt && settleNotReady(target, attempt, event.outcome, context);
    case 'answered':
      return attempt && withHandle(settleAnswer(target, attempt, event.outcome, context), attempt);
    case 'left':
      return attempt && settleLeftover(target, attempt, context);
    case 'looked':
      return attempt && withHandle(settleLook(target, attempt, event.look, context), attempt);
    case 'decided':
      return waits(target) ? stepOfDecision(target, event.decision, context) : undefined;
    case 'earlier_open':
      return target.status === 'scheduled' ? waitForEarlierStep(target, context) : undefined;
    case 'cancelled':
      return CANCELLED;
    case 'given_up':
      return GIVEN_UP;
    case 'retried':
      return retriedByHand(context.now);
  }
};

/**
 * The whole engine as one reducer: rows and an event give rows and what else must happen in the same transaction.
 * @throws DomainError `target.bad_transition`: a bug, here or in the caller
 */
export const step = <T extends EngineTarget, A extends AttemptView>(
  state: EngineState<T, A>,
  event: EngineEvent,
  context: StepContext,
): { readonly state: EngineState<T, A>; readonly effects: readonly Effect[]; readonly step: Step | undefined } => {
  const made = stepFor(state, event, context);
  if (!made) return { state, effects: [], step: undefined };
  return { state: applyStep(state, made, context.now), effects: made.effects, step: made };
};

/** Both rows after a step. @throws DomainError `target.bad_transition` */
export const applyStep = <T extends EngineTarget, A extends AttemptView>(
  { target, attempt }: EngineState<T, A>,
  made: Step,
  now: Date,
): EngineState<T, A> => {
  if (made.target.status !== target.status) assertCanBecome(target.status, made.target.status, attempt !== undefined);
  return {
    target: applyTarget(target, made.target),
    ...(attempt === undefined ? {} : { attempt: made.attempt ? applyAttempt(attempt, made.attempt, now) : attempt }),
  };
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The row after a change: what the UPDATE of `infrastructure/targets/step.sql.ts` does. */
export const applyTarget = <T extends EngineTarget>(row: T, change: TargetChange): T => {
  const next: Writable<EngineTarget> = { ...row, status: change.status };
  if (change.bumpVersion) next.version += 1;
  if (change.dueAt) next.dueAt = change.dueAt;
  if (change.tries !== undefined) next.tries = change.tries;
  if (change.checks !== undefined) next.checks = change.checks;
  if (change.nextCheckAt === null) drop(next, 'nextCheckAt');
  else if (change.nextCheckAt) next.nextCheckAt = change.nextCheckAt;
  if (change.hold) {
    next.holdReason = change.hold.reason;
    next.holdUntil = change.hold.until;
  } else if (change.status !== 'held') {
    drop(next, 'holdReason');
    drop(next, 'holdUntil');
  }
  if (change.error === null) drop(next, 'error');
  else if (change.error) next.error = change.error;
  applyLive(next, change);
  return next as T;
};

/** Deleting what is not there costs as much as what is. */
const drop = <K extends 'nextCheckAt' | 'holdReason' | 'holdUntil' | 'error'>(row: { [P in K]?: unknown }, key: K) => {
  if (row[key] !== undefined) delete row[key];
};

const applyLive = (next: Writable<EngineTarget>, { live, link }: TargetChange): void => {
  const id = live?.platformPostId ?? link?.platformPostId;
  const permalink = live?.permalink ?? link?.permalink;
  if (id !== undefined) next.platformPostId = id;
  if (permalink !== undefined) next.permalink = permalink;
  if (!live) return;
  if (live.handle !== undefined) next.platformHandle = live.handle;
  next.publishedAt = live.publishedAt;
  next.late = live.late;
};

/** The attempt after a change; the moment of its outcome is the first one that was written. */
export const applyAttempt = <A extends AttemptView>(row: A, change: AttemptChange, now: Date): A => {
  const next: Writable<AttemptView> = { ...row, state: change.state };
  if (change.callDeadlineAt) next.callDeadlineAt = change.callDeadlineAt;
  if (change.absentRead) {
    next.absentReads += 1;
    next.lastAbsentAt = now;
  } else next.outcomeAt ??= now;
  return next as A;
};

const waits = ({ status }: TargetState): boolean => status === 'scheduled' || status === 'held';

/** What is live carries the handle it was published by. */
export const withHandle = (made: Step | undefined, { handle }: AttemptView): Step | undefined =>
  made?.target.live && handle ? { ...made, target: { ...made.target, live: { ...made.target.live, handle } } } : made;
