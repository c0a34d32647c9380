import { DomainError } from '../../kernel/domain-error.js';

export const notEvergreen = (postId: string): DomainError =>
  new DomainError(
    'conflict',
    'post.not_evergreen',
    'A one-shot post runs once, and this one has. Create it again as evergreen, or retry its failed targets.',
    { postId },
  );

export const postPaused = (postId: string): DomainError =>
  new DomainError('conflict', 'post.paused', 'This post is paused. Resume it first.', { postId });

export const noTargets = (): DomainError =>
  new DomainError('invalid', 'schedule.no_targets', 'Say where to publish: send at least one target.');
