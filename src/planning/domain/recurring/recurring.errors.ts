import { DomainError } from '../../../kernel/domain-error.js';

export const noRecurrence = (postId: string): DomainError =>
  new DomainError(
    'not_found',
    'recurrence.not_found',
    'This post does not recur. Give it a rule with PUT /v1/posts/{id}/recurrence.',
    { postId },
  );

export const noOccurrence = (localTime: string): DomainError =>
  new DomainError(
    'not_found',
    'recurrence.no_occurrence',
    'The recurrence has no run of this local time. Look at GET /v1/posts/{id}/recurrence/occurrences.',
    { localTime },
  );

export const notRecurring = (postId: string): DomainError =>
  new DomainError(
    'conflict',
    'post.not_evergreen',
    'Only an evergreen post recurs; a one-shot post runs once. Create it again as evergreen.',
    { postId },
  );

export const occurrencePast = (localTime: string): DomainError =>
  new DomainError('conflict', 'recurrence.occurrence_past', 'This run is past; it cannot be changed any more.', {
    localTime,
  });

export const timeTaken = (localTime: string): DomainError =>
  new DomainError(
    'conflict',
    'recurrence.time_taken',
    'Another run of this post is at that time already. Move that one or skip it first.',
    { localTime },
  );

export const movedToPast = (movedTo: string): DomainError =>
  new DomainError('invalid', 'schedule.in_past', 'This time has passed. Move the run to a later one.', { movedTo });

export const tooManyChanges = (limit: number): DomainError =>
  new DomainError(
    'conflict',
    'recurrence.too_many_changes',
    `At most ${limit} runs of a recurrence can be changed one by one. Change the rule, or restore some.`,
    { limit },
  );

export const badLocalTime = (localTime: string): DomainError =>
  new DomainError(
    'invalid',
    'recurrence.bad_local_time',
    'Name the run by its local time as the list of occurrences gives it, for example 2026-12-01T18:30:00.',
    { localTime },
  );

export const spanBackwards = (): DomainError =>
  new DomainError('invalid', 'request.bad_span', '`to` lies before `from`. Send a later `to`.');

export const runTouched = (localTime: string): DomainError =>
  new DomainError(
    'conflict',
    'recurrence.run_touched',
    'This run is going out, or its targets were changed by hand. Change or cancel its targets instead.',
    { localTime },
  );

export const recurrenceChanged = (version: number): DomainError =>
  new DomainError('stale', 'recurrence.changed', 'The recurrence changed since you read it. Read it again.', {
    currentETag: `"${version}"`,
  });

export const badMove = (movedTo: string): DomainError =>
  new DomainError(
    'invalid',
    'schedule.bad_time',
    'movedTo is no local time that exists before 2200. Send one like 2026-12-02T09:00.',
    { movedTo },
  );
