import type { Linked } from './linked.ts';
import type { Violation } from './rows.ts';

/** I1: at most one live copy per occurrence and account; a post that nobody of ours made is a violation too. */
export const oneLiveCopy = (linked: readonly Linked[]): readonly Violation[] => [
  ...strangers(linked),
  ...copiesOf(linked).flatMap(({ key, posts }) =>
    posts.length < 2
      ? []
      : [
          {
            invariant: 'I1',
            ids: [key, ...posts.map(({ handle }) => handle)],
            sentence: `The platform keeps ${posts.length} copies of one run on one account.`,
          },
        ],
  ),
];

/** Copies too many, over all runs and accounts. */
export const countDuplicates = (linked: readonly Linked[]): number =>
  copiesOf(linked).reduce((sum, { posts }) => sum + posts.length - 1, 0);

const copiesOf = (linked: readonly Linked[]) => {
  const known = linked.filter(({ target }) => target !== undefined);
  const groups = Map.groupBy(known, ({ target }) => `${target?.occurrenceId}|${target?.accountId}`);
  return [...groups].map(([key, items]) => ({ key, posts: items.map(({ post }) => post) }));
};

const strangers = (linked: readonly Linked[]): readonly Violation[] =>
  linked
    .filter(({ target }) => target === undefined)
    .map(({ post }) => ({
      invariant: 'I1',
      ids: [post.handle, post.accountExternalId],
      sentence: `A post on ${post.platform} ("${post.caption.slice(0, 40)}") belongs to no target of ours.`,
    }));
