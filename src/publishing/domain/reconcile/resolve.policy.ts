import { DomainError } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import type { PostLink } from '../../../platforms/domain/post-link.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { StepContext } from '../firing/step-context.js';
import type { AttemptView, Step, TargetState } from '../targets/target-state.js';

/** A person looked: the post is there, and here is its link. It ends every doubt, whatever we could see ourselves. */
export const settleFoundByPerson = (
  link: PostLink,
  attempt: AttemptView | undefined,
  { now, timing }: StepContext,
): Step => {
  const { platformPostId, permalink } = link;
  // Where the link carries no id, a look by the handle may still learn it.
  const mayLearnId = platformPostId === undefined && attempt?.handle !== undefined;
  return {
    cause: 'found_by_person',
    target: {
      status: 'published',
      error: null,
      checks: 0,
      nextCheckAt: mayLearnId ? plusMs(now, timing.processingCheckMs) : null,
      live: {
        ...(platformPostId === undefined ? {} : { platformPostId }),
        permalink,
        handle: attempt?.handle ?? `link:${permalink}`,
        publishedAt: now,
        late: true,
      },
    },
    ...(attempt ? { attempt: { state: 'adopted' } as const } : {}),
    effects: [
      { kind: 'event', type: 'post.reconciled' },
      { kind: 'event', type: 'post.published' },
    ],
  };
};

/**
 * A person looked: it is not there. That outranks the absence rule, so it is written down as theirs; what landed all the
 * same is found by the second looks. Sent again while fresh, unless a replacement carries the run.
 */
export const settleAbsentByPerson = (
  target: TargetState,
  attempt: AttemptView | undefined,
  { now }: StepContext,
): Step => {
  const closed = attempt ? { attempt: { state: 'disproved' } as const } : {};
  const end = (status: 'rerouted' | 'missed', effects: Step['effects']): Step => ({
    cause: 'absent_by_person',
    target: { status, nextCheckAt: null },
    ...closed,
    effects,
  });
  if (target.replacementCarries) return end('rerouted', []);
  if (now >= target.staleAt) return end('missed', [{ kind: 'event', type: 'post.missed' }]);
  return {
    cause: 'absent_by_person',
    target: { status: 'scheduled', bumpVersion: true, dueAt: now, tries: 0, nextCheckAt: null, error: null },
    ...closed,
    effects: [{ kind: 'event', type: 'post.scheduled' }],
  };
};

/** Until the call is surely dead nobody can see that it did not land. */
export const assertCallIsOver = (targetId: string, attempt: AttemptView | undefined, now: Date): void => {
  const until = attempt?.callDeadlineAt;
  if (!until || now > until) return;
  throw new DomainError(
    'conflict',
    'target.too_early',
    `The call may still land until ${until.toISOString()}. Look again after that, then say what you see.`,
    { targetId, until: until.toISOString() },
  );
};

/** The link names no post of this account. */
export const notItsLink = (targetId: string, platform: string): DomainError =>
  new DomainError(
    'unprocessable',
    'target.not_its_link',
    `This is no link to a post on this ${platformTitle(platform)} account. Open the post there and copy its whole address.`,
    { targetId, platform },
  );

/** Neither or both were said. */
export const sayOne = (): DomainError =>
  new DomainError(
    'invalid',
    'target.say_one',
    'Say one thing: {"found": "<link to the post>"} when it is there, {"absent": true} when it is not.',
  );
