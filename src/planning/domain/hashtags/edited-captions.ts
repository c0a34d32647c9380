import type { PostVariants } from '../../../library/domain/post-snapshot.js';
import type { PostChange } from '../../../library/domain/posts.port.js';
import type { PostCaptions } from './dressed-post.js';

/** What a post says after a change. */
export const editedCaptions = <P extends PostCaptions>(post: P, { caption, variants, options }: PostChange): P => ({
  ...post,
  ...(options === undefined ? {} : { options }),
  caption: caption ?? post.caption,
  variants: withoutNulls({ ...post.variants, ...variants }),
});

/** The change that leaves a post with these captions: what it removed stays removed. */
export const changeTo = (change: PostChange, { caption, variants }: PostCaptions): PostChange => ({
  ...change,
  caption,
  variants: { ...change.variants, ...variants },
});

const withoutNulls = (variants: NonNullable<PostChange['variants']>): PostVariants =>
  Object.fromEntries(Object.entries(variants).filter(([, variant]) => variant !== null));
