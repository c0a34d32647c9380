import type { PublishContent } from '../../domain/publish-content.js';
import type { Rejected } from '../../domain/publish-outcome.js';
import type { CreatorInfo } from './tiktok.answers.js';
import { planUpload } from './tiktok.upload-plan.js';

/** Most visible first; the default is the first one that the creator offers. */
export const PRIVACY_LEVELS = [
  'PUBLIC_TO_EVERYONE',
  'FOLLOWER_OF_CREATOR',
  'MUTUAL_FOLLOW_FRIENDS',
  'SELF_ONLY',
] as const;

/** The only level an app may use before its audit, and the one branded content may not use. */
export const PRIVATE_LEVEL = 'SELF_ONLY';

/** What one post is to be, as far as the app and the creator allow. */
export interface InitFacts {
  readonly content: PublishContent;
  readonly creator: CreatorInfo;
  /** False: TikTok takes private posts only (`platforms.md` 1.9). */
  readonly isAudited: boolean;
}

/** What the creator's current settings refuse before anything is sent. */
export const refusedByCreator = (facts: InitFacts): Rejected | undefined => {
  const { content, creator } = facts;
  const level = privacyLevel(facts);
  if (!creator.privacy_level_options.some((offered) => offered === level)) {
    const offered = creator.privacy_level_options.join(', ');
    return refused('privacy_level_option_mismatch', `${level} is not offered to this creator; offered: ${offered}`);
  }
  if (level === PRIVATE_LEVEL && content.options['brandContent'] === true)
    return refused('brand_content_toggle', `branded content must not be ${PRIVATE_LEVEL}`);
  const maxSeconds = creator.max_video_post_duration_sec;
  if (maxSeconds !== undefined && content.media.durationMs > maxSeconds * 1000) {
    const detail = `this creator may post at most ${maxSeconds} s; the video has ${content.media.durationMs} ms`;
    return refused('max_video_post_duration_sec', detail);
  }
  return undefined;
};

/** The body of `video/init` for bytes that we send (`platforms.md` 1.4). */
export const fileInit = (facts: InitFacts): Record<string, unknown> => {
  const { bytes } = facts.content.media;
  const plan = planUpload(bytes);
  return {
    post_info: postInfo(facts),
    source_info: {
      source: 'FILE_UPLOAD',
      video_size: bytes,
      chunk_size: plan.chunkSize,
      total_chunk_count: plan.chunkCount,
    },
  };
};

/** The same for a file that TikTok fetches (`platforms.md` 1.6). */
export const urlInit = (facts: InitFacts, videoUrl: string): Record<string, unknown> => ({
  post_info: postInfo(facts),
  source_info: { source: 'PULL_FROM_URL', video_url: videoUrl },
});

const postInfo = (facts: InitFacts): object => {
  const { creator, content } = facts;
  const { options } = content;
  const cover = options['coverTimestampMs'];
  return {
    title: content.caption,
    privacy_level: privacyLevel(facts),
    disable_duet: creator.duet_disabled === true || options['disableDuet'] === true,
    disable_stitch: creator.stitch_disabled === true || options['disableStitch'] === true,
    disable_comment: creator.comment_disabled === true || options['disableComment'] === true,
    brand_content_toggle: options['brandContent'] === true,
    brand_organic_toggle: options['brandOrganic'] === true,
    is_aigc: options['isAiGenerated'] === true,
    ...(typeof cover === 'number' ? { video_cover_timestamp_ms: cover } : {}),
  };
};

/** Whether the post is for everybody; TikTok names no other one. */
export const isForEverybody = (facts: InitFacts): boolean => privacyLevel(facts) === PRIVACY_LEVELS[0];

const privacyLevel = ({ content, creator, isAudited }: InitFacts): string => {
  const wanted = content.options['privacyLevel'];
  if (typeof wanted === 'string') return wanted;
  const offered = creator.privacy_level_options;
  return isAudited ? (PRIVACY_LEVELS.find((level) => offered.includes(level)) ?? offered[0] ?? '') : PRIVATE_LEVEL;
};

const refused = (platformCode: string, detail: string): Rejected => ({
  kind: 'rejected',
  category: 'user_content',
  platformCode,
  detail,
});
