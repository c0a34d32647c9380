import type { Violation } from '../../kernel/domain-error.js';
import { captionLength } from './caption-length.js';
import type { PlatformCapabilities } from './platform.port.js';
import type { ContentDraft } from './publish-content.js';

/** One limit that a number must keep. */
export interface Limit {
  readonly field: string;
  readonly rule: string;
  /** What is measured and in which unit, for example `characters (UTF-16 units)`. */
  readonly unit: string;
  readonly max?: number;
  readonly min?: number;
  readonly source: string;
}

/** The violation when `actual` lies outside `limit`, none otherwise. */
export const within = (actual: number, limit: Limit): readonly Violation[] => {
  const { field, rule, unit, source } = limit;
  if (limit.max !== undefined && actual > limit.max) {
    return [
      {
        field,
        rule,
        limit: limit.max,
        actual,
        source,
        message: `At most ${limit.max} ${unit}; this has ${actual}. Shorten it.`,
      },
    ];
  }
  if (limit.min !== undefined && actual < limit.min) {
    return [
      { field, rule, limit: limit.min, actual, source, message: `At least ${limit.min} ${unit}; this has ${actual}.` },
    ];
  }
  return [];
};

const UNIT_WORDS = {
  utf16: 'characters (UTF-16 units)',
  graphemes: 'characters (graphemes)',
  bytes: 'bytes (UTF-8)',
} as const;

/** What every platform checks, by the figures of its capabilities: caption, size, duration, container. */
export const checkCommonRules = (
  draft: ContentDraft,
  can: PlatformCapabilities,
  source: string,
): readonly Violation[] => {
  const { media } = draft;
  const { video, caption } = can;
  const length = captionLength(draft.caption, caption.unit);
  return [
    ...within(length, {
      field: 'caption',
      rule: `caption.max_${caption.unit}`,
      unit: UNIT_WORDS[caption.unit],
      max: caption.max,
      source,
    }),
    ...within(media.bytes, { field: 'media', rule: 'video.max_bytes', unit: 'bytes', max: video.maxBytes, source }),
    ...within(media.durationMs, {
      field: 'media',
      rule: 'video.duration_ms',
      unit: 'milliseconds',
      min: video.minDurationMs,
      max: video.maxDurationMs,
      source,
    }),
    ...(video.mimeTypes.includes(media.mimeType) ? [] : [wrongType(media.mimeType, video.mimeTypes, source)]),
  ];
};

/** Hashtags in a text. */
export const countHashtags = (text: string): number => (text.match(/(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]+/gu) ?? []).length;
/** Mentions in a text; an e-mail address is none. */
export const countMentions = (text: string): number =>
  (text.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu) ?? []).length;

const wrongType = (actual: string, allowed: readonly string[], source: string): Violation => ({
  field: 'media',
  rule: 'video.mime_type',
  message: `Use ${allowed.join(' or ')}; this is ${actual}.`,
  limit: allowed.join(', '),
  actual,
  source,
});
