import type { PostVariants } from '../../../library/domain/post-snapshot.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { Warning } from '../finding.js';
import { appendHashtags } from './append-hashtags.js';

/** The captions of a post. */
export interface PostCaptions {
  readonly caption: string;
  readonly variants: PostVariants;
}

/** The platforms that there are, and whether one takes a caption. */
export interface CaptionLimits {
  readonly platforms: readonly PlatformName[];
  takes(platform: PlatformName, caption: string): boolean;
}

export interface DressedPost extends PostCaptions {
  /** By platform; a platform that takes them all is not here. */
  readonly leftOut: Readonly<Partial<Record<PlatformName, readonly string[]>>>;
}

/**
 * The captions of a post with hashtags behind them. The post's own gets all; a platform whose limits do not take them
 * all gets a variant with those that it takes, as if a person had written it.
 */
export const dressedPost = (
  { caption, variants }: PostCaptions,
  hashtags: readonly string[],
  limits: CaptionLimits,
): DressedPost => {
  const whole = appendHashtags(caption, hashtags, () => true).caption;
  const dressed: Partial<Record<PlatformName, PostVariants[PlatformName]>> = { ...variants };
  const leftOut: Partial<Record<PlatformName, readonly string[]>> = {};
  for (const platform of limits.platforms) {
    const own = variants[platform]?.caption;
    // What a platform refuses without hashtags is refused in its own words.
    if (!limits.takes(platform, own ?? caption)) continue;
    const tagged = appendHashtags(own ?? caption, hashtags, (text) => limits.takes(platform, text));
    if (tagged.leftOut.length > 0) leftOut[platform] = tagged.leftOut;
    if (own !== undefined || tagged.caption !== whole)
      dressed[platform] = { ...variants[platform], caption: tagged.caption };
  }
  return { caption: whole, variants: dressed as PostVariants, leftOut };
};

/** What was left out where the post goes now, at each target's place. */
export const leftOutWarnings = (
  platforms: readonly (PlatformName | undefined)[],
  { leftOut }: Pick<DressedPost, 'leftOut'>,
): Warning[] =>
  platforms.flatMap((platform, index) => {
    const hashtags = platform && leftOut[platform];
    if (!hashtags) return [];
    const message =
      `${hashtags.length} hashtags of the sets do not fit the limits of ${platformTitle(platform)} and were left out: ` +
      `${hashtags.join(' ')}. GET /v1/platforms shows its limits.`;
    return [{ field: `targets.${index}.caption`, code: 'hashtags.left_out', message }];
  });
