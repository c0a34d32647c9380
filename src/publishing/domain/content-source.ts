import type { PostSnapshot } from '../../library/domain/post-snapshot.js';
import type { ContentSource } from './frozen-content.js';

/** What a target freezes of a post. */
export const contentSourceOf = (post: PostSnapshot): ContentSource => {
  const { id, sha256, bytes, mimeType, durationMs, width, height, fps } = post.media;
  return {
    base: {
      caption: post.caption,
      options: post.options,
      ...(post.title === undefined ? {} : { title: post.title }),
    },
    tags: post.tags,
    media: { id, sha256, bytes, mimeType, durationMs, width, height, fps },
    variants: post.variants,
  };
};
