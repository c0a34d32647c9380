import { plusMs } from '../../../kernel/durations.js';
import type { Step, TargetState } from '../targets/target-state.js';

/** What a person says about the post: where it is, if they like. */
export interface PersonsWord {
  /** The public link, https. */
  readonly link?: string | undefined;
  /** The platform's id, where the person knows it. */
  readonly platformPostId?: string | undefined;
}

/** Until when a hand-off waits: its own time, and never beyond the moment the post is worthless. */
export const handOffExpiresAt = (target: Pick<TargetState, 'staleAt'>, now: Date, expireMs: number): Date => {
  const expiresAt = plusMs(now, expireMs);
  return expiresAt < target.staleAt ? expiresAt : target.staleAt;
};

/**
 * It is a person's turn. The attempt stays open, so no second try of the post on the account can begin; it has no
 * look at the platform, only the deadline.
 */
export const handOver = (expiresAt: Date): Step => ({
  cause: 'handed_off',
  target: { status: 'publishing', error: null, checks: 0, nextCheckAt: null },
  attempt: { state: 'processing', callDeadlineAt: expiresAt },
  effects: [{ kind: 'event', type: 'handoff.due' }],
});

/** The person posted it: their word is all the proof there is. Late when we had given up waiting. */
export const settleConfirmed = (target: TargetState, { link, platformPostId }: PersonsWord, now: Date): Step => {
  const late = target.status !== 'publishing';
  return {
    cause: 'confirmed_by_person',
    target: {
      status: 'published',
      error: null,
      checks: 0,
      nextCheckAt: null,
      live: {
        ...(platformPostId === undefined ? {} : { platformPostId }),
        ...(link === undefined ? {} : { permalink: link }),
        publishedAt: now,
        late,
      },
    },
    attempt: { state: late ? 'adopted' : 'published' },
    effects: [
      ...(late ? ([{ kind: 'event', type: 'post.reconciled' }] as const) : []),
      { kind: 'event', type: 'post.published' },
    ],
  };
};

/** The person will not post it: nothing went out, and the account is free for the next run. */
export const settleSkipped = (): Step => ({
  cause: 'skipped_by_person',
  target: { status: 'cancelled', nextCheckAt: null },
  attempt: { state: 'abandoned' },
  effects: [{ kind: 'event', type: 'handoff.skipped' }],
});

/** Nobody said anything. It may be up all the same, so it is not called missed. */
export const settleExpired = (now: Date): Step => ({
  cause: 'hand_off_expired',
  target: {
    status: 'needs_decision',
    nextCheckAt: null,
    error: {
      category: 'unknown',
      source: 'user',
      outcome: 'unknown',
      detail: 'Nobody said in time whether this was posted by hand. Confirm or skip its hand-off.',
    },
  },
  attempt: { state: 'unknown', callDeadlineAt: now },
  effects: [{ kind: 'event', type: 'post.needs_decision' }],
});
