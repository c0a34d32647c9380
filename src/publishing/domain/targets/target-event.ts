import type { EventTypeOf, TargetEventData } from '../../../kernel/event-catalogue.js';
import type { DomainEvent } from '../../../kernel/event-log.port.js';
import type { TargetChange } from './target-state.js';
import type { TargetStatus } from './target-status.js';

/** What an event says of a target; a record, a summary or a new target will do. */
export interface EventSubject {
  readonly id: string;
  readonly workspaceId: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly scheduledAt: Date;
}

/** What happened to it. */
export type Happening = Omit<
  TargetEventData,
  'targetId' | 'postId' | 'occurrenceId' | 'accountId' | 'platform' | 'scheduledAt'
>;

/** The public event about one target, always of the same shape. */
export const targetEvent = (type: EventTypeOf<'target'>, target: EventSubject, happening: Happening): DomainEvent => ({
  workspaceId: target.workspaceId,
  type,
  subjectId: target.id,
  payload: {
    targetId: target.id,
    postId: target.postId,
    occurrenceId: target.occurrenceId,
    accountId: target.accountId,
    platform: target.platform,
    scheduledAt: target.scheduledAt.toISOString(),
    ...happening,
  },
});

/** What a step did to a target, as its event tells it. */
export const happeningOf = ({
  target,
  cause,
}: {
  readonly target: TargetChange;
  readonly cause: string;
}): Happening => {
  const { status, live, error, hold } = target;
  return {
    status,
    cause,
    ...(live?.permalink === undefined ? {} : { permalink: live.permalink }),
    ...(live?.platformPostId === undefined ? {} : { platformPostId: live.platformPostId }),
    ...(error ? { error: { category: error.category, source: error.source, outcome: error.outcome } } : {}),
    ...(hold ? { holdReason: hold.reason, holdUntil: hold.until.toISOString() } : {}),
  };
};

const TOLD: Partial<Record<TargetStatus, EventTypeOf<'target'>>> = { held: 'post.held', missed: 'post.missed' };

/** What followers learn of a step of a target that waits; nothing while it goes on as it was. */
export const eventsOfWaiting = (
  target: EventSubject,
  step: { readonly target: TargetChange; readonly cause: string },
): readonly DomainEvent[] => {
  const type = TOLD[step.target.status];
  return type ? [targetEvent(type, target, happeningOf(step))] : [];
};
