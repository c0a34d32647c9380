import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Instagram Platform, content publishing and media reference; read Nov 2026. */
export const REELS_SOURCE = 'https://developers.facebook.com/docs/instagram-platform/content-publishing';

export const REELS_CAPABILITIES: PlatformCapabilities = {
  platform: 'reels',
  displayName: 'Instagram Reels',
  // "Characters" in the document; UTF-16 units are the strict reading.
  caption: { unit: 'utf16', max: 2200 },
  video: {
    maxBytes: 300_000_000,
    minDurationMs: 3_000,
    maxDurationMs: 900_000,
    mimeTypes: ['video/mp4', 'video/quicktime'],
  },
  // Deleting needs the Facebook Login flavour.
  canRemove: false,
  canList: true,
  isHandOff: false,
  countsViews: true,
  commitTimeoutMs: 60_000,
  processingP99Ms: 600_000,
};

/** The container still `FINISHED` in three reads over five minutes, or dead (`platforms.md` section 9). */
export const REELS_ABSENCE: AbsenceRule = { witness: 'handle', reads: 3, spacingSeconds: 150, holdSeconds: 60 };

export const MAX_HASHTAGS = 30;
export const MAX_MENTIONS = 20;
/** Pixels. */
export const MAX_WIDTH = 1920;
/** Frames per second. */
export const REELS_FPS = { min: 23, max: 60 } as const;
