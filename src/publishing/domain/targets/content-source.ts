import { type MediaFile, type RenderedFile, videoFactsOf } from '../../../library/domain/media.js';
import type { PostSnapshot } from '../../../library/domain/post-snapshot.js';
import type { ContentSource, FrozenMedia, FrozenVideo } from './frozen-content.js';

const frozenVideo = (file: MediaFile): FrozenVideo => ({ id: file.id, ...videoFactsOf(file) });

/** What a target freezes of a video. */
export const frozenMediaOf = (media: RenderedFile): FrozenMedia => ({
  ...frozenVideo(media),
  ...(media.rendition === undefined ? {} : { rendition: frozenVideo(media.rendition) }),
});

/** What a target freezes of a post. */
export const contentSourceOf = (post: PostSnapshot): ContentSource => ({
  base: {
    caption: post.caption,
    options: post.options,
    ...(post.title === undefined ? {} : { title: post.title }),
  },
  tags: post.tags,
  media: frozenMediaOf(post.media),
  variants: post.variants,
});
