import { postsCreate } from '../api/generated/sdk.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { draftOf } from './draft.ts';
import { createBody } from './draft-bodies.ts';

/** Whether nothing but its content would be lost: it goes out once, and was never scheduled. */
export const isBareDraft = ({ kind, targets }: Pick<PostDto, 'kind' | 'targets'>): boolean =>
  kind === 'one_shot' && targets.length === 0;

/**
 * Writes a deleted draft again; it has another id then.
 * @throws Problem when its video was deleted meanwhile
 */
export const restoreDraft = async (post: PostDto): Promise<PostDto> => {
  // A draft has no time, so its zone does not matter.
  const body = createBody(draftOf(post), 'UTC');
  if (!body) throw new RangeError('A stored post has a video.');
  return (await postsCreate({ body })).data;
};
