import { DomainError } from '../../../kernel/domain-error.js';

export const statusAway = (): DomainError =>
  new DomainError(
    'unavailable',
    'status_page.unavailable',
    'The status page cannot be read right now, and there is no copy of it here. Try again in a minute.',
  );

export const statusUnknown = (): DomainError =>
  new DomainError('not_found', 'status_page.not_found', 'There is no status page of this name. Check the address.');
