import { type ContentRule, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** The reference of `POST /{ig-user-id}/media`: caption limits and the Reel media specification. */
export const REELS_MEDIA_SOURCE =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media';

/** Every limit on a video and its words. */
export const REELS_RULES: readonly ContentRule[] = rulesOf({ source: REELS_MEDIA_SOURCE, readOn: '2026-11' }, [
  // "Characters" in the document; UTF-16 units are the strict reading.
  { rule: 'caption.max_utf16', max: 2_200 },
  { rule: 'caption.max_hashtags', max: 30 },
  { rule: 'caption.max_mentions', max: 20 },
  { rule: 'video.mime_type', oneOf: ['video/mp4', 'video/quicktime'] },
  { rule: 'video.codec', oneOf: ['avc', 'hevc'] },
  { rule: 'video.max_bytes', max: 300_000_000 },
  { rule: 'video.duration_ms', min: 3_000, max: 900_000 },
  { rule: 'video.max_width', max: 1_920 },
  { rule: 'video.aspect', min: 0.01, max: 10 },
  { rule: 'video.fps', min: 23, max: 60 },
  { rule: 'video.bitrate', max: 25_000_000 },
  { rule: 'audio.codec', oneOf: ['aac'] },
  { rule: 'audio.channels', max: 2 },
  { rule: 'audio.sample_rate', max: 48_000 },
]);

export const REELS_CAPABILITIES: PlatformCapabilities = {
  platform: 'reels',
  displayName: 'Instagram Reels',
  ...limitsOf(REELS_RULES),
  // Deleting needs the Facebook Login flavour.
  canRemove: false,
  canList: true,
  isHandOff: false,
  countsViews: true,
  commitTimeoutMs: 60_000,
  processingP99Ms: 600_000,
};

/**
 * The container still `FINISHED` in three reads over five minutes (`platforms.md` section 9), the first an hour after the
 * call: a container says `FINISHED` as long as its post is landing, 35 min in the slowest twentieth of January 2026, and
 * nobody promises that a second publish of it is refused. A dead container proves at once.
 */
export const REELS_ABSENCE: AbsenceRule = { witness: 'handle', reads: 3, spacingSeconds: 150, holdSeconds: 3_600 };
