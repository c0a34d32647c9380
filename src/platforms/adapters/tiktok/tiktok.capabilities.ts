import { type ContentRule, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Content Posting API reference and media transfer guide, read Nov 2026. */
export const TIKTOK_SOURCE = 'https://developers.tiktok.com/doc/content-posting-api-reference-direct-post';

/** Content Posting API, media transfer guide. */
export const TIKTOK_MEDIA_SOURCE = 'https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide';

/** Every limit on a video and its words. */
export const TIKTOK_RULES: readonly ContentRule[] = [
  ...rulesOf({ source: TIKTOK_SOURCE, readOn: '2026-11' }, [{ rule: 'caption.max_utf16', max: 2_200 }]),
  ...rulesOf({ source: TIKTOK_MEDIA_SOURCE, readOn: '2026-11' }, [
    { rule: 'video.mime_type', oneOf: ['video/mp4', 'video/quicktime', 'video/webm'] },
    { rule: 'video.codec', oneOf: ['avc', 'hevc', 'vp8', 'vp9'] },
    { rule: 'video.max_bytes', max: 4_000_000_000 },
    // The API's own ceiling; each creator's limit is read before every post.
    { rule: 'video.duration_ms', min: 1_000, max: 600_000 },
    { rule: 'video.min_side', min: 360 },
    { rule: 'video.max_side', max: 4_096 },
    { rule: 'video.fps', min: 23, max: 60 },
  ]),
];

export const TIKTOK_CAPABILITIES: PlatformCapabilities = {
  platform: 'tiktok',
  displayName: 'TikTok',
  ...limitsOf(TIKTOK_RULES),
  canRemove: false,
  canList: true,
  isHandOff: false,
  countsViews: true,
  commitTimeoutMs: 120_000,
  processingP99Ms: 600_000,
};

/**
 * Never believed by a list, which shows public posts only. The adapter says `absent` only with proof: status `FAILED`,
 * or an expired upload URL with bytes missing; one such read is enough (`platforms.md` section 9).
 */
export const TIKTOK_ABSENCE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

/**
 * A pull whose init never answered. The list may prove that it landed, but an empty list proves nothing: it lags, hides
 * what is not public, and whether TikTok fetched the file is not known here. A person decides.
 */
export const LOST_PULL_ABSENCE: AbsenceRule = { witness: 'none', reads: 0, spacingSeconds: 0, holdSeconds: 0 };
