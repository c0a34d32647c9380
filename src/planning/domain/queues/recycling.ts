import { checkObject, checkText, MAX_TAG } from '../../../library/domain/post-rules.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';
import { type Finding, contentFindings, finding } from '../finding.js';
import { parseWallTime } from '../wall-time.js';
import { GAP_UNITS, type GapUnit, type Recycling, type Season } from './queue.js';
import { MAX_RANGES, seasonFindings } from './queue-request.js';

/** Longest gap or cooldown, in days or in `gapFreq`. */
const MAX_DAYS = 3_650;
const MAX_RUNS = 10_000;
const MAX_RANK = 1_000;

/** How a post, or every post of a category, returns, as the API has it. All is optional. */
export interface RecyclingSettings {
  /** Least distance of two runs, in `gapFreq`. */
  readonly gap?: number;
  readonly gapFreq?: GapUnit;
  /** Least days between two runs on an account: of every platform, or by platform. */
  readonly cooldownDays?: number | Readonly<Partial<Record<PlatformName, number>>>;
  /** `YYYY-MM-DD`, a day of the queue's zone. */
  readonly startDate?: string;
  readonly expireDate?: string;
  /** Most runs in its life. */
  readonly expireCount?: number;
  /** For queues in order of priority; higher goes first. */
  readonly priority?: number;
  /** For weighted queues; above 0. */
  readonly weight?: number;
  readonly seasons?: readonly Season[];
}

/** `contentVariations` are kept apart, as variations of the post. */
export const RECYCLING_FIELDS = [
  'gap',
  'gapFreq',
  'cooldownDays',
  'startDate',
  'expireDate',
  'expireCount',
  'priority',
  'weight',
  'seasons',
] as const satisfies readonly (keyof RecyclingSettings)[];

type Raw = Readonly<Record<string, unknown>>;

/** Everything about recycling settings that cannot be. */
export const recyclingFindings = (settings: Raw | RecyclingSettings, place = 'recycling'): Finding[] => [
  ...contentFindings(checkObject(place || 'recycling', settings as Raw)),
  ...strangers(settings as Raw, place),
  ...valueFindings(settings as Raw, place),
];

const valueFindings = (raw: Raw, place: string): Finding[] => [
  ...(raw['gapFreq'] === undefined || (GAP_UNITS as readonly unknown[]).includes(raw['gapFreq'])
    ? []
    : [bad(place, 'gapFreq', `one of ${GAP_UNITS.join(', ')}`)]),
  ...(raw['gapFreq'] !== undefined && raw['gap'] === undefined ? [bad(place, 'gap', 'a number beside gapFreq')] : []),
  ...whole(raw, place, { field: 'gap', min: 1, max: MAX_DAYS }),
  ...whole(raw, place, { field: 'expireCount', min: 1, max: MAX_RUNS }),
  ...whole(raw, place, { field: 'priority', min: -MAX_RANK, max: MAX_RANK }),
  ...weightFindings(raw, place),
  ...cooldownFindings(raw['cooldownDays'], place),
  ...dateFindings(raw, place),
  ...seasonsFindings(raw['seasons'], place),
];

/** Its place in a body; the body itself has no name. */
const within = (place: string, field: string): string => (place === '' ? field : `${place}.${field}`);

const bad = (place: string, field: string, wanted: string) =>
  finding('recycling.bad_value', within(place, field), `${field} must be ${wanted}.`);

const strangers = (raw: Raw, place: string): Finding[] =>
  Object.keys(raw)
    .filter((key) => !(RECYCLING_FIELDS as readonly string[]).includes(key))
    .map((key) => {
      const message = `recycling knows ${RECYCLING_FIELDS.join(', ')}. Check the spelling.`;
      return finding('recycling.unknown_field', within(place, key), message);
    });

const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

const whole = (
  raw: Raw,
  place: string,
  { field, min, max }: { readonly field: string; readonly min: number; readonly max: number },
): Finding[] => {
  const value = raw[field];
  return value === undefined || isWhole(value, min, max)
    ? []
    : [bad(place, field, `a whole number from ${min} to ${max}`)];
};

const weightFindings = ({ weight }: Raw, place: string): Finding[] =>
  weight === undefined || (typeof weight === 'number' && weight > 0 && weight <= MAX_RANK)
    ? []
    : [bad(place, 'weight', `a number above 0, ${MAX_RANK} at most`)];

const cooldownFindings = (value: unknown, place: string): Finding[] => {
  if (value === undefined || isWhole(value, 0, MAX_DAYS)) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [bad(place, 'cooldownDays', `days from 0 to ${MAX_DAYS}, or an object of days by platform`)];
  return Object.entries(value).flatMap(([platform, days]) => {
    if (!(PLATFORM_NAMES as readonly string[]).includes(platform))
      return [bad(place, `cooldownDays.${platform}`, `one of ${PLATFORM_NAMES.join(', ')}`)];
    return isWhole(days, 0, MAX_DAYS)
      ? []
      : [bad(place, `cooldownDays.${platform}`, `a whole number from 0 to ${MAX_DAYS}`)];
  });
};

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-/.test(value) && parseWallTime(`${value}T00:00`) !== undefined;

const dateFindings = (raw: Raw, place: string): Finding[] => {
  const odd = (['startDate', 'expireDate'] as const).flatMap((field) =>
    raw[field] === undefined || isDate(raw[field]) ? [] : [bad(place, field, 'a day that exists, YYYY-MM-DD')],
  );
  const { startDate, expireDate } = raw;
  if (odd.length > 0 || !isDate(startDate) || !isDate(expireDate) || startDate <= expireDate) return odd;
  return [bad(place, 'expireDate', 'on or after startDate')];
};

const seasonsFindings = (value: unknown, place: string): Finding[] => {
  if (value === undefined) return [];
  const isList = Array.isArray(value) && value.length <= MAX_RANGES && value.every(isSeason);
  if (!isList) return [bad(place, 'seasons', `a list of at most ${MAX_RANGES} {from, until} with days as MM-DD`)];
  return seasonFindings(value, within(place, 'seasons'));
};

const isSeason = (value: unknown): value is Season =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Season).from === 'string' &&
  typeof (value as Season).until === 'string';

/** A category is a tag. */
export const categoryFindings = (category: string): Finding[] => [
  ...(category.trim() === '' ? [finding('category.no_name', 'category', 'A category needs a word.')] : []),
  ...contentFindings(checkText('category', category, MAX_TAG)),
];

/** Settings after a change; null clears, and a gap takes its unit along. */
export const merged = (settings: Raw | RecyclingSettings, change: Raw): RecyclingSettings => {
  const after = { ...settings, ...(change['gap'] === null ? { gapFreq: null } : {}), ...change };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null && value !== undefined));
};

/**
 * What holds for a post: its own settings before those of its categories. Where several categories speak, the later in
 * the alphabet yields, so that the answer does not hang on the order of tags.
 */
export const layered = (own: Raw | undefined, categories: readonly RecyclingSettings[]): RecyclingSettings =>
  Object.assign({}, ...[...categories.toReversed(), readable(own)].map(withUnit)) as RecyclingSettings;

/** A gap and its unit come from one place. */
const withUnit = (settings: RecyclingSettings): RecyclingSettings =>
  settings.gap === undefined ? settings : { ...settings, gapFreq: settings.gapFreq ?? 'day' };

/** What was stored before settings were checked may hold anything: what cannot be read is left out. */
const readable = (own: Raw | undefined): RecyclingSettings => {
  if (!own) return {};
  const known = Object.entries(own).filter(([field]) => (RECYCLING_FIELDS as readonly string[]).includes(field));
  const settings = Object.fromEntries(known);
  if (valueFindings(settings, '').length === 0) return settings;
  const isFine = (one: [string, unknown]) => valueFindings(Object.fromEntries([one]), '').length === 0;
  return Object.fromEntries(known.filter(isFine));
};

/** Settings as planning reads them. @param variations wordings of the post, its own included */
export const recyclingOf = (settings: RecyclingSettings, variations: number): Recycling => {
  const { gap, gapFreq = 'day', cooldownDays = {}, startDate, expireDate, expireCount } = settings;
  const byPlatform =
    typeof cooldownDays === 'number'
      ? Object.fromEntries(PLATFORM_NAMES.map((platform) => [platform, cooldownDays]))
      : cooldownDays;
  return {
    ...(gap === undefined ? {} : { gap: { count: gap, unit: gapFreq } }),
    cooldownDays: byPlatform,
    ...(startDate === undefined ? {} : { startDate }),
    ...(expireDate === undefined ? {} : { expireDate }),
    ...(expireCount === undefined ? {} : { expireCount }),
    variations,
  };
};
