import type { PostDto } from '../api/generated/types.gen.ts';

const WAITING = ['scheduled', 'held'];
const LOST = ['failed', 'missed'];

const targetsIn = (posts: readonly PostDto[], states: readonly string[]): string[] =>
  posts.flatMap(({ targets }) => targets.filter(({ status }) => states.includes(status)).map(({ id }) => id));

/** Runs that can be shifted. */
export const waitingTargets = (posts: readonly PostDto[]): string[] => targetsIn(posts, WAITING);

/** Runs that can be put in again. */
export const lostTargets = (posts: readonly PostDto[]): string[] => targetsIn(posts, LOST);

/** Tags with some more and some fewer; each once, in their order. */
export const retagged = (tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] => [
  ...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add]),
];

/** What is chosen, after one more press; `all`: everything that is shown. */
export const toggledIn = (chosen: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
};
