import { postChangesChange } from '../api/generated/sdk.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { retagged } from './bulk.ts';

/** Posts that were changed, as they are now; `problem`: why it ended before the last. */
export interface Retagged {
  readonly changed: readonly PostDto[];
  readonly problem?: Problem;
}

/**
 * Gives and takes tags, one post after the other; a post that somebody else changed meanwhile ends it.
 * @param before the posts as they were, to take a change back: then each gets exactly its former tags
 */
export const retagPosts = async (
  posts: readonly PostDto[],
  add: readonly string[],
  remove: readonly string[],
  before?: readonly PostDto[],
): Promise<Retagged> => {
  const changed: PostDto[] = [];
  for (const post of posts) {
    const tags = before?.find(({ id }) => id === post.id)?.tags ?? retagged(post.tags, add, remove);
    try {
      const headers = { 'If-Match': `"${post.version}"` };
      const { data } = await postChangesChange({ path: { id: post.id }, body: { tags }, headers });
      changed.push(data);
    } catch (error) {
      return { changed, problem: toProblem(error) };
    }
  }
  return { changed };
};
