import type { Violation } from '../../kernel/domain-error.js';
import type { PostKind, PostVariants } from './post-snapshot.js';

/** Longest caption we keep, UTF-16 units: above every platform's own limit, which is checked at scheduling. */
export const MAX_CAPTION = 5_000;
/** Longest title we keep, UTF-16 units. */
export const MAX_TITLE = 500;
export const MAX_TAGS = 30;
/** Longest tag, UTF-16 units. */
export const MAX_TAG = 100;
/** Largest options or recycling object, UTF-16 units of its JSON. */
export const MAX_OBJECT = 16_384;

/** The words of a post, before it is stored; left-out fields are not judged. */
export interface PostWords {
  readonly kind?: PostKind;
  readonly caption?: string;
  readonly title?: string | null;
  readonly tags?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly variants?: Readonly<{ [P in keyof PostVariants]: PostVariants[P] | null }>;
  readonly recycling?: Readonly<Record<string, unknown>>;
}

/** True when PostgreSQL can keep the text as text and as JSON: no NUL, no half of a surrogate pair. */
export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

/** What every text must keep, whatever the platform: at most `max` UTF-16 units, storable. */
export const checkText = (field: string, text: string | null | undefined, max: number): Violation[] => {
  if (text === undefined || text === null) return [];
  if (!isStorableText(text)) {
    const message = `${field} contains a NUL or half of a character. Remove it.`;
    return [{ field, rule: 'text.unreadable', message }];
  }
  if (text.length <= max) return [];
  const message = `${field} has ${text.length} UTF-16 units; at most ${max} can be kept. Shorten it.`;
  return [{ field, rule: 'text.max_utf16', message, limit: max, actual: text.length }];
};

/** What an object of options must keep: storable, at most `MAX_OBJECT` as JSON. */
export const checkObject = (field: string, value: Readonly<Record<string, unknown>> | undefined): Violation[] => {
  if (value === undefined) return [];
  const unreadable: string[] = [];
  const json = JSON.stringify(value, (key, inner: unknown) => {
    for (const text of [key, inner]) if (typeof text === 'string' && !isStorableText(text)) unreadable.push(text);
    return inner;
  });
  if (unreadable.length > 0) {
    const message = `${field} contains a NUL or half of a character. Remove it.`;
    return [{ field, rule: 'text.unreadable', message }];
  }
  if (json.length <= MAX_OBJECT) return [];
  const message = `${field} has ${json.length} characters of JSON; at most ${MAX_OBJECT} can be kept. Shorten it.`;
  return [{ field, rule: 'object.max_json', message, limit: MAX_OBJECT, actual: json.length }];
};

const checkTags = (tags: readonly string[] = []): Violation[] => {
  const violations = tags.flatMap((tag, index) => checkText(`tags.${index}`, tag, MAX_TAG));
  const empty = tags.findIndex((tag) => tag.trim() === '');
  if (empty >= 0) violations.push({ field: `tags.${empty}`, rule: 'tags.empty', message: 'A tag needs a word.' });
  if (new Set(tags).size < tags.length)
    violations.push({ field: 'tags', rule: 'tags.unique', message: 'A tag is listed twice. Remove one.' });
  if (tags.length > MAX_TAGS) {
    const message = `At most ${MAX_TAGS} tags; this has ${tags.length}.`;
    violations.push({ field: 'tags', rule: 'tags.max', message, limit: MAX_TAGS, actual: tags.length });
  }
  return violations;
};

/** Known keys of `recycling` (design section 1); what they do is the planner's. */
const RECYCLING_KEYS = [
  'gap',
  'gapFreq',
  'cooldownDays',
  'startDate',
  'expireCount',
  'expireDate',
  'contentVariations',
  'priority',
  'weight',
  'seasons',
];

const checkRecycling = ({ kind, recycling }: PostWords): Violation[] => {
  if (recycling === undefined) return [];
  const field = 'recycling';
  if (kind === 'one_shot') {
    const message = 'Only an evergreen post returns. Send kind "evergreen" or leave recycling out.';
    return [{ field, rule: 'recycling.evergreen_only', message }];
  }
  const unknown = Object.keys(recycling).filter((key) => !RECYCLING_KEYS.includes(key));
  const strangers = unknown.map((key) => ({
    field: `${field}.${key}`,
    rule: 'unknownField',
    message: `recycling knows ${RECYCLING_KEYS.join(', ')}. Check the spelling.`,
  }));
  return [...strangers, ...checkObject(field, recycling)];
};

/** Limits of the library itself that these words break; each platform's own are checked at scheduling. */
export const checkPostWords = (words: PostWords): Violation[] => [
  ...checkText('caption', words.caption, MAX_CAPTION),
  ...checkText('title', words.title, MAX_TITLE),
  ...checkTags(words.tags),
  ...checkObject('options', words.options),
  ...Object.entries(words.variants ?? {}).flatMap(([platform, variant]) => [
    ...checkText(`variants.${platform}.caption`, variant?.caption, MAX_CAPTION),
    ...checkText(`variants.${platform}.title`, variant?.title, MAX_TITLE),
    ...checkObject(`variants.${platform}.options`, variant?.options),
  ]),
  ...checkRecycling(words),
];
