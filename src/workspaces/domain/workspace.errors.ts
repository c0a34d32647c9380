import { DomainError } from '../../kernel/domain-error.js';

export const slugTaken = (slug: string): DomainError =>
  new DomainError('conflict', 'workspace.slug_taken', `Another page is called "${slug}". Choose another name.`, {
    slug,
  });
