import { DomainError } from '../../../kernel/domain-error.js';

export const queueNameTaken = (name: string): DomainError =>
  new DomainError('conflict', 'queue.name_taken', 'Another queue has this name. Choose another one.', { name });

export const tooManyQueues = (limit: number): DomainError =>
  new DomainError('conflict', 'queue.too_many', `A workspace has at most ${limit} queues. Delete one first.`, {
    limit,
  });

export const notOfQueue = (occurrenceId: string): DomainError =>
  new DomainError(
    'not_found',
    'occurrence.not_found',
    'No run of a queue with this id in your workspace. GET /v1/calendar names them.',
    { id: occurrenceId },
  );

export const spanRefused = (field: string, message: string): DomainError =>
  new DomainError('invalid', 'calendar.bad_span', message, {}, [{ field, rule: 'calendar.bad_span', message }]);

export const onlyEvergreen = (postId: string): DomainError =>
  new DomainError('conflict', 'post.not_evergreen', 'Only an evergreen post returns. Create it again as evergreen.', {
    postId,
  });
