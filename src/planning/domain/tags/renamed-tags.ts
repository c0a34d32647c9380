import { DomainError } from '../../../kernel/domain-error.js';
import type { TagRename } from '../../../library/domain/tags.port.js';

/** Posts with waiting targets that one call changes; each is edited as a person would, in one transaction. */
export const RENAME_BATCH = 200;

/** The tags with `to` in the place of `from`; where both are there, the earlier place counts. */
export const renamedTags = (tags: readonly string[], { from, to }: TagRename): string[] => [
  ...new Set(tags.map((tag) => (tag === from ? to : tag))),
];

export const sameTag = (): DomainError =>
  new DomainError('invalid', 'tag.same', 'from and to are the same tag. Say what it is to be called.');

export const unknownTag = (tag: string): DomainError =>
  new DomainError('not_found', 'tag.not_found', 'Nothing of your workspace carries this tag. Check its spelling.', {
    tag,
  });

export const tagHasRoute = (tag: string, routes: number): DomainError =>
  new DomainError(
    'conflict',
    'tag.has_route',
    'A route is made for this tag. Make one for the new tag and delete this one, then rename.',
    { tag, routes },
  );
