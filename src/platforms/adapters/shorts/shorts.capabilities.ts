import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** YouTube Data API, Videos resource; read Nov 2026. */
export const SHORTS_SOURCE = 'https://developers.google.com/youtube/v3/docs/videos';

export const SHORTS_CAPABILITIES: PlatformCapabilities = {
  platform: 'shorts',
  displayName: 'YouTube Shorts',
  // The caption becomes the description.
  caption: { unit: 'bytes', max: 5000 },
  video: {
    maxBytes: 256_000_000_000,
    minDurationMs: 1_000,
    // Longer uploads work, but are no Shorts (support.google.com/youtube/answer/15424877).
    maxDurationMs: 180_000,
    mimeTypes: ['video/mp4', 'video/quicktime', 'video/webm'],
  },
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: true,
  commitTimeoutMs: 120_000,
  processingP99Ms: 600_000,
};

/** A lost session and three reads of the uploads playlist over 15 minutes without our marker (`platforms.md` section 9). */
export const SHORTS_ABSENCE: AbsenceRule = { witness: 'list', reads: 3, spacingSeconds: 450, holdSeconds: 60 };

/** UTF-16 units; the document says "characters", the stricter reading. */
export const TITLE_MAX = 100;
/** Characters of all tags, commas between them and quotes around those with a space included. */
export const TAGS_MAX = 500;
/** Bytes per PUT before the last one; a multiple of 256 KiB. */
export const CHUNK_BYTES = 8 * 1024 * 1024;
