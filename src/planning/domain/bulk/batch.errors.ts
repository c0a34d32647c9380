import { DomainError } from '../../../kernel/domain-error.js';

/** Most targets that one call changes. */
export const MAX_BATCH_TARGETS = 10_000;
/** Most targets that one call sends back to their queues: each is planned for itself. */
export const MAX_RETURNED_TARGETS = 1_000;
/** Most posts that one call switches. */
export const MAX_BATCH_POSTS = 1_000;

export const batchTooLarge = (max: number): DomainError =>
  new DomainError('too_large', 'batch.too_large', `More than ${max} fit this choice. Narrow it, for example by time.`, {
    max,
  });

export const noChoice = (): DomainError =>
  new DomainError(
    'invalid',
    'batch.no_choice',
    'Say which ones: send ids, or a filter with at least one field, not both.',
  );

export const noShift = (): DomainError =>
  new DomainError('invalid', 'batch.no_shift', 'Say how far: send by.days or by.minutes, not both zero.');

export const intoPast = (count: number): DomainError =>
  new DomainError(
    'invalid',
    'schedule.in_past',
    `${count} of these would come to lie in the past; nothing was moved. Move them less far, or leave them out.`,
    { count },
  );
