import type { ContentDraft } from '../../platforms/domain/publish-content.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** Words for one platform, where they differ from the post's. */
export interface Wording {
  readonly caption?: string;
  readonly title?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The video's facts at scheduling time. */
export interface FrozenMedia {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mimeType: string;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
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

/** The part of it that a platform's `validate` judges. */
export const draftOf = (content: FrozenContent): ContentDraft => ({
  caption: content.caption,
  ...(content.title === undefined ? {} : { title: content.title }),
  tags: content.tags,
  options: content.options,
  media: content.media,
});
