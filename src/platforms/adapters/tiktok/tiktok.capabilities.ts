import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Content Posting API reference and media transfer guide, read Nov 2026. */
export const TIKTOK_SOURCE = 'https://developers.tiktok.com/doc/content-posting-api-reference-direct-post';

export const TIKTOK_CAPABILITIES: PlatformCapabilities = {
  platform: 'tiktok',
  displayName: 'TikTok',
  caption: { unit: 'utf16', max: 2200 },
  video: {
    maxBytes: 4_000_000_000,
    minDurationMs: 1_000,
    // The API's own ceiling; each creator's limit is read before every post.
    maxDurationMs: 600_000,
    mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
  },
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

/** Pixels per side. */
export const TIKTOK_SIDE = { min: 360, max: 4096 } as const;
/** Frames per second. */
export const TIKTOK_FPS = { min: 23, max: 60 } as const;
