import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Lexicons app.bsky.feed.post and app.bsky.embed.video; read Nov 2026. */
export const SKYLIGHT_SOURCE = 'https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky';

export const SKYLIGHT_CAPABILITIES: PlatformCapabilities = {
  platform: 'skylight',
  displayName: 'Skylight / AT Protocol',
  caption: { unit: 'graphemes', max: 300 },
  video: {
    // Newer lexicons say 300 MB; PDS versions in use still validate at 100 MB.
    maxBytes: 100_000_000,
    minDurationMs: 1_000,
    maxDurationMs: 180_000,
    mimeTypes: ['video/mp4'],
  },
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: false,
  commitTimeoutMs: 30_000,
  processingP99Ms: 60_000,
};

/** The PDS answers reads consistently: one `RecordNotFound` after the call is surely dead (`platforms.md` section 9). */
export const SKYLIGHT_ABSENCE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

/** UTF-8 bytes of `text`, beside the limit in graphemes. */
export const TEXT_MAX_BYTES = 3000;
/** Graphemes of the alternative text. */
export const ALT_MAX = 1000;
/** Extra hashtags of a record. */
export const TAGS_MAX = 8;
/** Graphemes of one tag. */
export const TAG_MAX = 64;
export const LANGS_MAX = 3;
