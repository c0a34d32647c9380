import { captionLength } from '../../domain/caption-length.js';
import { type ContentRule, type Measures, MEASURES, rulesOf } from '../../domain/content-rule.js';
import { limitsOf } from '../../domain/content-rules.js';
import type { AbsenceRule, PlatformCapabilities } from '../../domain/platform.port.js';

/** Lexicons app.bsky.feed.post and app.bsky.embed.video; read Nov 2026. */
export const SKYLIGHT_SOURCE = 'https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky';

/** Extra hashtags of a record. */
export const TAGS_MAX = 8;
export const LANGS_MAX = 3;

const BYTES = 'bytes (UTF-8)';

/** What only AT Protocol counts: bytes beside graphemes. */
export const SKYLIGHT_MEASURES: Measures = {
  'alt.max_bytes': {
    field: 'options.alt',
    unit: BYTES,
    of: ({ options }) => (typeof options['alt'] === 'string' ? captionLength(options['alt'], 'bytes') : 0),
    fix: 'Shorten it.',
  },
  'tags.max_bytes': {
    field: 'tags',
    unit: BYTES,
    of: ({ tags }) => Math.max(0, ...tags.map((tag) => captionLength(tag.replace(/^#/, ''), 'bytes'))),
    fix: 'Use shorter tags.',
  },
};

const DOCUMENT = { source: SKYLIGHT_SOURCE, readOn: '2026-11' };
const ROWS = [
  { rule: 'caption.max_graphemes', max: 300 },
  { rule: 'caption.max_bytes', max: 3_000 },
  { rule: 'alt.max_graphemes', max: 1_000 },
  { rule: 'alt.max_bytes', max: 10_000 },
  { rule: 'tags.max_count', max: TAGS_MAX },
  { rule: 'tags.max_graphemes', max: 64 },
  { rule: 'tags.max_bytes', max: 640 },
  { rule: 'langs.max_count', max: LANGS_MAX },
  { rule: 'video.mime_type', oneOf: ['video/mp4'] },
  // Newer lexicons say 300 MB; PDS versions in use still validate at 100 MB.
  { rule: 'video.max_bytes', max: 100_000_000 },
  { rule: 'video.duration_ms', min: 1_000, max: 180_000 },
];

/** Every limit on a video and its words. */
export const SKYLIGHT_RULES: readonly ContentRule[] = rulesOf(DOCUMENT, ROWS, { ...MEASURES, ...SKYLIGHT_MEASURES });

export const SKYLIGHT_CAPABILITIES: PlatformCapabilities = {
  platform: 'skylight',
  displayName: 'Skylight / AT Protocol',
  ...limitsOf(SKYLIGHT_RULES),
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: false,
  commitTimeoutMs: 30_000,
  processingP99Ms: 60_000,
};

/** The PDS answers reads consistently: one `RecordNotFound` after the call is surely dead (`platforms.md` section 9). */
export const SKYLIGHT_ABSENCE: AbsenceRule = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 };
