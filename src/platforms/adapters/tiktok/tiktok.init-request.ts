import type { PublishContent } from '../../domain/publish-content.js';
import type { Rejected } from '../../domain/publish-outcome.js';
import type { CreatorInfo } from './tiktok.answers.js';
import { planUpload } from './tiktok.upload-plan.js';

/** Most visible first; the default is the first one that the creator offers. */
const BY_VISIBILITY = ['PUBLIC_TO_EVERYONE', 'FOLLOWER_OF_CREATOR', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];

/** What the creator's current settings refuse before anything is sent. */
export const refusedByCreator = (content: PublishContent, creator: CreatorInfo): Rejected | undefined => {
  const wanted = content.options['privacyLevel'];
  if (wanted !== undefined && !creator.privacy_level_options.some((level) => level === wanted)) {
    const offered = creator.privacy_level_options.join(', ');
    const detail = `${JSON.stringify(wanted)} is not offered to this creator; offered: ${offered}`;
    return { kind: 'rejected', category: 'user_content', platformCode: 'privacy_level_option_mismatch', detail };
  }
  const maxSeconds = creator.max_video_post_duration_sec;
  if (maxSeconds !== undefined && content.media.durationMs > maxSeconds * 1000) {
    const detail = `this creator may post at most ${maxSeconds} s; the video has ${content.media.durationMs} ms`;
    return { kind: 'rejected', category: 'user_content', platformCode: 'max_video_post_duration_sec', detail };
  }
  return undefined;
};

/** The body of `video/init` (`platforms.md` 1.4). */
export const initRequest = (content: PublishContent, creator: CreatorInfo): object => {
  const { options, media } = content;
  const plan = planUpload(media.bytes);
  return {
    post_info: {
      title: content.caption,
      privacy_level: privacyLevel(options['privacyLevel'], creator.privacy_level_options),
      disable_duet: creator.duet_disabled === true || options['disableDuet'] === true,
      disable_stitch: creator.stitch_disabled === true || options['disableStitch'] === true,
      disable_comment: creator.comment_disabled === true || options['disableComment'] === true,
      brand_content_toggle: options['brandContent'] === true,
      brand_organic_toggle: options['brandOrganic'] === true,
      is_aigc: options['isAiGenerated'] === true,
      ...(typeof options['coverTimestampMs'] === 'number'
        ? { video_cover_timestamp_ms: options['coverTimestampMs'] }
        : {}),
    },
    source_info: {
      source: 'FILE_UPLOAD',
      video_size: media.bytes,
      chunk_size: plan.chunkSize,
      total_chunk_count: plan.chunkCount,
    },
  };
};

const privacyLevel = (wanted: unknown, offered: readonly string[]): string | undefined =>
  typeof wanted === 'string' ? wanted : (BY_VISIBILITY.find((level) => offered.includes(level)) ?? offered[0]);
