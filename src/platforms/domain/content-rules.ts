import type { Violation } from '../../kernel/domain-error.js';
import { DAY_MS } from '../../kernel/durations.js';
import { type ContentRule, type Measure, MEASURES, type Measures } from './content-rule.js';
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
export const within = (
  actual: number,
  limit: Limit,
  { fix, say }: Partial<Pick<Measure, 'fix' | 'say'>> = {},
): readonly Violation[] => {
  const { field, rule, unit, min, max, source } = limit;
  const isOver = max !== undefined && actual > max;
  const isUnder = min !== undefined && actual < min;
  if (!isOver && !isUnder) return [];
  const bound = isOver ? max : (min as number);
  const words = say ? say(bound) : `${bound} ${unit}`;
  const help = fix ?? (isOver ? 'Shorten it.' : '');
  const message = `At ${isOver ? 'most' : 'least'} ${words}; this has ${say ? say(actual) : actual}. ${help}`.trim();
  return [{ field, rule, limit: bound, actual, source, message }];
};

/**
 * Judges a draft by a platform's table. Facts that are not known are not judged.
 * @param own measures of the platform beside the common ones
 */
export const checkRules = (
  draft: ContentDraft,
  rules: readonly ContentRule[],
  own: Measures = {},
): readonly Violation[] =>
  rules.flatMap((rule) => {
    if (rule.isAdvice) return [];
    const measure = own[rule.rule] ?? MEASURES[rule.rule];
    const actual = measure?.of(draft);
    if (!measure || actual === undefined) return [];
    return typeof actual === 'number' ? within(actual, rule, measure) : among(actual, rule, measure);
  });

const among = (actual: string, { field, rule, unit, oneOf, source }: ContentRule, { fix }: Measure): Violation[] => {
  if (!oneOf || oneOf.includes(actual)) return [];
  const message = `The ${unit} is ${actual}; use ${oneOf.join(' or ')}. ${fix}`;
  return [{ field, rule, limit: oneOf.join(', '), actual, source, message }];
};

/** The table of a platform, and the short form of it that the API has always shown. */
export const limitsOf = (
  rules: readonly ContentRule[],
): Required<Pick<PlatformCapabilities, 'caption' | 'video' | 'rules'>> => {
  const row = (name: string) => rules.find(({ rule, isAdvice }) => rule === name && !isAdvice);
  const units = (['utf16', 'graphemes', 'bytes'] as const).filter((name) => row(`caption.max_${name}`));
  const unit = units[0] ?? 'utf16';
  return {
    rules,
    caption: { unit, max: row(`caption.max_${unit}`)?.max ?? Number.MAX_SAFE_INTEGER },
    video: {
      maxBytes: row('video.max_bytes')?.max ?? Number.MAX_SAFE_INTEGER,
      minDurationMs: row('video.duration_ms')?.min ?? 1,
      maxDurationMs: row('video.duration_ms')?.max ?? DAY_MS,
      mimeTypes: row('video.mime_type')?.oneOf ?? ANY_VIDEO,
    },
  };
};

const ANY_VIDEO = ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'];
