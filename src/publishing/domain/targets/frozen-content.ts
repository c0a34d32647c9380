import type { Violation } from '../../../kernel/domain-error.js';
import type { ContentDraft } from '../../../platforms/domain/publish-content.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';

type VideoDraft = ContentDraft['media'];

/** Words for one platform, where they differ from the post's. */
export interface Wording {
  readonly caption?: string;
  readonly title?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A video's facts at scheduling time. */
export interface FrozenVideo extends VideoDraft {
  readonly id: string;
}

/** The post's video, with the rendition that stands in where a platform does not take it. */
export interface FrozenMedia extends FrozenVideo {
  readonly rendition?: FrozenVideo;
}

/** What a target will publish, frozen at scheduling, with what a fallback on another platform would say. */
export interface FrozenContent {
  readonly caption: string;
  readonly title?: string;
  readonly tags: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly media: FrozenMedia;
  /** What was said for this target alone; survives edits of the post. */
  readonly own?: Wording;
  /** The post's own words and its variants: the source of a replacement's wording. */
  readonly base: Required<Pick<Wording, 'caption'>> & Wording;
  readonly variants: Readonly<Partial<Record<PlatformName, Wording>>>;
}

/** Everything a target's content is made of. */
export interface ContentSource {
  readonly base: Required<Pick<Wording, 'caption'>> & Wording;
  readonly tags: readonly string[];
  readonly media: FrozenMedia;
  readonly variants: Readonly<Partial<Record<PlatformName, Wording>>>;
}

/** Freezes the words for one platform: the target's own, else the platform's variant, else the post's. */
export const freezeContent = (source: ContentSource, platform: PlatformName, own: Wording = {}): FrozenContent => {
  const variant = source.variants[platform] ?? {};
  const title = own.title ?? variant.title ?? source.base.title;
  return {
    caption: own.caption ?? variant.caption ?? source.base.caption,
    ...(title === undefined ? {} : { title }),
    tags: source.tags,
    options: { ...source.base.options, ...variant.options, ...own.options },
    media: source.media,
    ...(Object.keys(own).length === 0 ? {} : { own }),
    base: source.base,
    variants: source.variants,
  };
};

/** The same content worded for another platform; a target's own words stay behind with it. */
export const refitContent = (content: FrozenContent, platform: PlatformName): FrozenContent =>
  freezeContent(content, platform);

/** What a platform says about a draft: its limits that are broken. */
export type Judge = (platform: PlatformName, draft: ContentDraft) => readonly Violation[];

/**
 * The video that a platform gets: the original where it takes that, else the rendition where it mends every fault of the
 * video. The same for the same content, so that every try sends the same bytes.
 */
export const chooseVideo = (content: FrozenContent, platform: PlatformName, judge: Judge): FrozenVideo => {
  const { rendition } = content.media;
  const isTaken = (video: FrozenVideo) =>
    judge(platform, draftOf(content, video)).every(({ field }) => field !== 'media');
  return rendition && !isTaken(content.media) && isTaken(rendition) ? rendition : content.media;
};

/** The part of the content that a platform's `validate` judges, with the video that it gets. */
export const fittedDraft = (content: FrozenContent, platform: PlatformName, judge: Judge): ContentDraft =>
  draftOf(content, chooseVideo(content, platform, judge));

/** The same with a given video; the original when left out. */
export const draftOf = (content: FrozenContent, video: FrozenVideo = content.media): ContentDraft => ({
  caption: content.caption,
  ...(content.title === undefined ? {} : { title: content.title }),
  tags: content.tags,
  options: content.options,
  media: video,
});
