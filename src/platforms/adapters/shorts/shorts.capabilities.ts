import { type ContentRule, MEASURES, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';
import { SHORTS_MEASURES } from './shorts.measures.js';

/** YouTube Data API, Videos resource; read Nov 2026. */
export const SHORTS_SOURCE = 'https://developers.google.com/youtube/v3/docs/videos';

/** What makes a video a Short; longer and wider ones are taken, but are none. */
export const SHORT_SOURCE = 'https://support.google.com/youtube/answer/15424877';

/** Every limit on a video and its words. */
export const SHORTS_RULES: readonly ContentRule[] = [
  ...rulesOf(
    { source: SHORTS_SOURCE, readOn: '2026-11' },
    [
      // The caption becomes the description.
      { rule: 'caption.max_bytes', max: 5_000 },
      // "Characters" in the document; UTF-16 units are the strict reading.
      { rule: 'title.length', min: 1, max: 100 },
      // Commas between tags, quotes around those with a space and our marker included.
      { rule: 'tags.max_length', max: 500 },
      { rule: 'video.mime_type', oneOf: ['video/mp4', 'video/quicktime', 'video/webm'] },
      { rule: 'video.max_bytes', max: 256_000_000_000 },
    ],
    { ...MEASURES, ...SHORTS_MEASURES },
  ),
  ...rulesOf({ source: SHORT_SOURCE, readOn: '2026-11' }, [
    { rule: 'video.duration_ms', min: 1_000, max: 180_000 },
    { rule: 'video.orientation', max: 1 },
  ]),
];

export const SHORTS_CAPABILITIES: PlatformCapabilities = {
  platform: 'shorts',
  displayName: 'YouTube Shorts',
  ...limitsOf(SHORTS_RULES),
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: true,
  commitTimeoutMs: 120_000,
  processingP99Ms: 600_000,
};

/** A lost session and three reads of the uploads playlist over 15 minutes without our marker (`platforms.md` section 9). */
export const SHORTS_ABSENCE: AbsenceRule = { witness: 'list', reads: 3, spacingSeconds: 450, holdSeconds: 60 };

/** Bytes per PUT before the last one; a multiple of 256 KiB. */
export const CHUNK_BYTES = 8 * 1024 * 1024;
