import { captionLength } from './caption-length.js';
import type { ContentDraft } from './publish-content.js';

/** One documented limit of a platform, as the API shows it. */
export interface ContentRule {
  /** What is measured, for example `video.max_bytes`; also the rule that a violation names. */
  readonly rule: string;
  /** The part of the post that is judged: `caption`, `title`, `tags`, `media`, `options.alt`. */
  readonly field: string;
  /** Unit of `min` and `max`, or what `oneOf` names. */
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
  /** The platform's document. */
  readonly source: string;
  /** Month in which the document was read, `YYYY-MM`. */
  readonly readOn: string;
  /** Documented as advice, or not enforced by the platform: shown, never refused. */
  readonly isAdvice?: true;
}

/** How one quantity is read off a draft, in which unit, and what helps when it is wrong. */
export interface Measure {
  readonly field: string;
  readonly unit: string;
  /** Undefined when the fact is not known: then nothing is judged. */
  readonly of: (draft: ContentDraft) => number | string | undefined;
  /** A number in words; the number with its unit when left out. */
  readonly say?: (value: number) => string;
  /** What the user can do. */
  readonly fix: string;
}

export type Measures = Readonly<Record<string, Measure>>;

const SHORTEN = 'Shorten it.';
const RENDER = 'or make a rendition: POST /v1/media/{id}/renditions.';

const caption = (unit: 'utf16' | 'graphemes' | 'bytes', words: string): Measure => ({
  field: 'caption',
  unit: words,
  of: (draft) => captionLength(draft.caption, unit),
  fix: SHORTEN,
});

const counted = (field: string, unit: string, of: (draft: ContentDraft) => number): Measure => ({
  field,
  unit,
  of,
  fix: SHORTEN,
});

const media = (unit: string, of: (media: ContentDraft['media']) => number | string | undefined, fix: string) => ({
  field: 'media',
  unit,
  of: (draft: ContentDraft) => of(draft.media),
  fix,
});

/** Hashtags in a text. */
export const countHashtags = (text: string): number => (text.match(/(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]+/gu) ?? []).length;
/** Mentions in a text; an e-mail address is none. */
export const countMentions = (text: string): number =>
  (text.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu) ?? []).length;

const GRAPHEMES = 'characters (graphemes)';
const BIT = 8;
const known = (value: number): number | undefined => (value > 0 ? value : undefined);
const textOption = (draft: ContentDraft, name: string): string => {
  const value = draft.options[name];
  return typeof value === 'string' ? value : '';
};
const listOption = (draft: ContentDraft, name: string): readonly unknown[] => {
  const value = draft.options[name];
  return Array.isArray(value) ? value : [];
};
const longestTag = ({ tags }: ContentDraft): number =>
  Math.max(0, ...tags.map((tag) => captionLength(tag.replace(/^#/, ''), 'graphemes')));

const EXPORT_ANEW = `Export it anew, ${RENDER}`;
const EXPORT_SMALLER = `Export it smaller, ${RENDER}`;
const EXPORT_MP4 = `Export it as MP4 with H.264 video and AAC sound, ${RENDER}`;
const seconds = (milliseconds: number): string => `${milliseconds / 1_000} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

/** Everything that is measured the same way on every platform. */
export const MEASURES: Measures = {
  'caption.max_utf16': caption('utf16', 'characters (UTF-16 units)'),
  'caption.max_graphemes': caption('graphemes', GRAPHEMES),
  'caption.max_bytes': caption('bytes', 'bytes (UTF-8)'),
  'caption.max_hashtags': counted('caption', 'hashtags', (draft) => countHashtags(draft.caption)),
  'caption.max_mentions': counted('caption', 'mentions', (draft) => countMentions(draft.caption)),
  'tags.max_count': counted('tags', 'tags', (draft) => draft.tags.length),
  'tags.max_graphemes': counted('tags', GRAPHEMES, longestTag),
  'alt.max_graphemes': counted('options.alt', GRAPHEMES, (draft) =>
    captionLength(textOption(draft, 'alt'), 'graphemes'),
  ),
  'langs.max_count': counted('options.langs', 'languages', (draft) => listOption(draft, 'langs').length),
  'video.mime_type': media('container', ({ mimeType }) => mimeType, EXPORT_MP4),
  'video.codec': media('video codec', ({ videoCodec }) => videoCodec, EXPORT_MP4),
  'video.max_bytes': { ...media('bytes', ({ bytes }) => bytes, EXPORT_SMALLER), say: megabytes },
  'video.duration_ms': {
    ...media('milliseconds', ({ durationMs }) => durationMs, 'Cut or extend the video; a rendition keeps its length.'),
    say: seconds,
  },
  'video.min_side': media('pixels on the shorter side', ({ width, height }) => Math.min(width, height), EXPORT_ANEW),
  'video.max_side': media('pixels on the longer side', ({ width, height }) => Math.max(width, height), EXPORT_SMALLER),
  'video.max_width': media('pixels wide', ({ width }) => width, EXPORT_SMALLER),
  'video.aspect': media('width divided by height', ratioOf, EXPORT_ANEW),
  'video.orientation': media('width divided by height', ratioOf, `Turn or crop it upright, ${RENDER}`),
  'video.fps': media('frames per second', ({ fps }) => known(Math.round(fps)), `Export it at 30, ${RENDER}`),
  'video.bitrate': media(
    'bits per second on average',
    ({ bytes, durationMs }) => known(durationMs) && Math.round((bytes * BIT * 1_000) / durationMs),
    EXPORT_SMALLER,
  ),
  'audio.codec': media('audio codec', ({ audioCodec }) => audioCodec, EXPORT_MP4),
  'audio.channels': media('audio channels', ({ audioChannels }) => audioChannels, `Export it in stereo, ${RENDER}`),
  'audio.sample_rate': media('Hz', ({ audioSampleRate }) => audioSampleRate, `Export it at 48000 Hz, ${RENDER}`),
};

function ratioOf({ width, height }: ContentDraft['media']): number | undefined {
  return width > 0 && height > 0 ? Math.round((width / height) * 10_000) / 10_000 : undefined;
}

type RuleRow = Pick<ContentRule, 'rule' | 'min' | 'max' | 'oneOf' | 'isAdvice'>;

/**
 * Rows of one document with the units of what they measure.
 * @throws RangeError for a row that nothing measures (a mistake in the table)
 */
export const rulesOf = (
  document: Pick<ContentRule, 'source' | 'readOn'>,
  rows: readonly RuleRow[],
  measures: Measures = MEASURES,
): readonly ContentRule[] =>
  rows.map((row) => {
    const measure = measures[row.rule];
    if (!measure) throw new RangeError(`Nothing measures ${row.rule}`);
    return { field: measure.field, unit: measure.unit, ...row, ...document };
  });
