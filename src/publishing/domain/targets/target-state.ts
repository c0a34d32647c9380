import type { EventTypeOf } from '../../../kernel/event-catalogue.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Evidence } from '../../../platforms/domain/publish-outcome.js';
import type { ApprovalState } from '../approvals/approval-state.js';
import type { TargetStatus } from './target-status.js';

export type ErrorCategory =
  | 'auth_expired'
  | 'user_content'
  | 'account_issue'
  | 'platform_rejected'
  | 'rate_limited'
  | 'platform_error'
  | 'network'
  | 'system_error'
  | 'unknown';
export type ErrorSource = 'user' | 'platform' | 'system';

/** Decides alone whether sending again is safe. */
export type SendOutcome = 'not_sent' | 'rejected' | 'unknown';

export const HOLD_REASONS = [
  'platform',
  'account',
  'quota',
  'approval',
  'paused',
  'panic',
  'self_suspect',
  'earlier_occurrence',
  'overdue',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export type AttemptState =
  | 'armed'
  | 'intended'
  | 'processing'
  | 'unknown'
  | 'published'
  | 'rejected'
  | 'throttled'
  | 'unauthorised'
  | 'unavailable'
  | 'adopted'
  | 'disproved'
  | 'abandoned';

/** The platform may still hold something of it; no second try of the post on the account meanwhile. */
export const OPEN_ATTEMPT_STATES: readonly AttemptState[] = ['armed', 'intended', 'processing', 'unknown'];

const SENT_NOTHING: readonly AttemptState[] = ['abandoned', 'throttled', 'unauthorised', 'unavailable', 'disproved'];

/**
 * Whether a try that ends in `state` certainly used nothing of its quotas.
 * @param from the target's status before; what a person gave up in doubt may be live all the same
 */
export const sentNothing = (from: TargetStatus, state: AttemptState): boolean =>
  SENT_NOTHING.includes(state) && from !== 'needs_decision';

/** The engine's view of one target. */
export interface TargetState {
  readonly status: TargetStatus;
  readonly platform: PlatformName;
  readonly scheduledAt: Date;
  readonly staleAt: Date;
  /** Tries that certainly sent nothing, since the last success or edit. */
  readonly tries: number;
  /** Reconciliation looks so far. */
  readonly checks: number;
  readonly platformPostId?: string;
  readonly replacementId?: string;
  /** Its replacement is live or may still become it; false when that one failed, was missed or cancelled. */
  readonly replacementCarries?: boolean;
  /** Absent: it needs no person's approval. */
  readonly approval?: ApprovalState;
}

/** The engine's view of the attempt an event is about. */
export interface AttemptView {
  readonly state: AttemptState;
  readonly handle?: string;
  /** When its irreversible call was begun; undefined: nothing can have been sent. */
  readonly commitStartedAt?: Date;
  /** After it the call is surely dead (design 4.3). */
  readonly callDeadlineAt?: Date;
  /** When the platform accepted it or the doubt began. */
  readonly outcomeAt?: Date;
  readonly absentReads: number;
  readonly lastAbsentAt?: Date;
}

/** What a step changes on the target; left out means unchanged. */
export interface TargetChange {
  readonly status: TargetStatus;
  /** A new version: the next try, a new wake-up. */
  readonly bumpVersion?: boolean;
  readonly dueAt?: Date;
  readonly hold?: { readonly reason: HoldReason; readonly until: Date };
  readonly approval?: ApprovalState;
  readonly tries?: number;
  readonly checks?: number;
  /** null: no more looks. */
  readonly nextCheckAt?: Date | null;
  readonly error?: {
    readonly category: ErrorCategory;
    readonly source: ErrorSource;
    readonly outcome: SendOutcome;
    readonly detail: string;
  } | null;
  readonly live?: {
    readonly platformPostId?: string;
    readonly handle?: string;
    readonly permalink?: string;
    readonly publishedAt: Date;
    readonly late: boolean;
    /** What came out other than asked, as sentences for the user. */
    readonly notices?: readonly string[];
  };
  /** The id and link of a post that is live already. */
  readonly link?: { readonly platformPostId: string | undefined; readonly permalink: string | undefined };
}

/** What a step changes on the attempt. */
export interface AttemptChange {
  readonly state: AttemptState;
  /** The call ended at this moment: from now on it cannot send anything. */
  readonly callDeadlineAt?: Date;
  readonly absentRead?: boolean;
  /** What the platform said: status, code, request id. */
  readonly answer?: Evidence;
}

/**
 * What an answer says about the account: it must be connected again, its token was refused, it is to blame for this
 * refusal, or the platform banned it.
 */
export type TroubleReason = 'reconnect' | 'token_refused' | 'refused' | 'banned';

/** What else must happen, in the same transaction. */
export type Effect =
  | {
      readonly kind: 'signal';
      readonly capability: 'auth' | 'upload' | 'publish' | 'read';
      readonly verdict: 'good' | 'bad' | 'unknown';
      readonly errorClass?: string;
      /** Of a post that was accepted: how long ago, ms. It tells how long the platform takes, not how a call went. */
      readonly ageMs?: number;
    }
  | { readonly kind: 'event'; readonly type: EventTypeOf<'target'> }
  | { readonly kind: 'account_trouble'; readonly reason: TroubleReason }
  /** The platform takes nothing more from the account or app before `until`. */
  | { readonly kind: 'cap_reported'; readonly scope: 'account' | 'app'; readonly until: Date }
  /** Ask routing for a replacement; the origin stays as it is when `keepOrigin`. */
  | { readonly kind: 'seek_replacement'; readonly because: 'unknown_outcome' | 'account' | 'rejected' };

/** One step of the engine: pure, the same in production, simulation and replay. */
export interface Step {
  readonly target: TargetChange;
  readonly attempt?: AttemptChange;
  readonly effects: readonly Effect[];
  readonly cause: string;
}
