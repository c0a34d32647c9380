import type { PlatformDto } from '../api/generated/types.gen.ts';

/** One row of a platform's table in `GET /v1/platforms`. */
interface Rule {
  readonly rule: string;
  readonly field: string;
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  readonly isAdvice?: boolean;
}

export interface Meter {
  readonly rule: string;
  readonly used: number;
  readonly max: number;
  readonly unit: string;
  /** `near`: nine tenths are used. */
  readonly level: 'fine' | 'near' | 'over';
}

const NEAR_RATIO = 0.9;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();

/** As the server counts (`caption-length`, `content-rule` of its platforms). The server judges; this is for while one types. */
const COUNTS: Readonly<Record<string, (text: string) => number>> = {
  'caption.max_utf16': (text) => text.length,
  'caption.max_graphemes': (text) => [...segmenter.segment(text)].length,
  'caption.max_bytes': (text) => encoder.encode(text).length,
  'caption.max_hashtags': (text) => text.match(/(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]+/gu)?.length ?? 0,
  'caption.max_mentions': (text) => text.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu)?.length ?? 0,
  'title.length': (text) => text.trim().length,
};

const isRule = (row: unknown): row is Rule =>
  typeof row === 'object' && row !== null && 'rule' in row && 'field' in row;

const rulesOf = (platform: PlatformDto | undefined): readonly Rule[] => {
  const rules: unknown = platform?.capabilities.rules;
  return Array.isArray(rules) ? rules.filter(isRule) : [];
};

/** How full a field is by each limit that can be counted in a browser; the tightest first. */
export const metersOf = (
  platform: PlatformDto | undefined,
  field: 'caption' | 'title',
  text: string,
): readonly Meter[] =>
  rulesOf(platform)
    .filter((row) => row.field === field && row.max !== undefined && !row.isAdvice && COUNTS[row.rule])
    .map(({ rule, unit, max = 0 }) => meterOf({ rule, unit, max, used: COUNTS[rule]?.(text) ?? 0 }))
    .sort((one, other) => other.used / other.max - one.used / one.max);

const meterOf = (meter: Omit<Meter, 'level'>): Meter => {
  const ratio = meter.used / meter.max;
  return { ...meter, level: ratio > 1 ? 'over' : ratio >= NEAR_RATIO ? 'near' : 'fine' };
};

/** Whether anything of the platform is said of a title. */
export const hasTitle = (platform: PlatformDto | undefined): boolean =>
  rulesOf(platform).some(({ field }) => field === 'title');
