import { type Finding, finding } from '../finding.js';
import { RECYCLING_FIELDS, recyclingFindings, type RecyclingSettings } from './recycling.js';
import { echoFindings, type Variation, variationFindings, type VariationWish } from './variation.js';

/** How a new post returns, as one object: its settings, and its other wordings as `contentVariations`. */
export interface RecyclingRequest {
  readonly settings: RecyclingSettings;
  readonly variations: readonly VariationWish[];
  readonly findings: readonly Finding[];
}

const PLACE = 'recycling.contentVariations';
const WORDS = ['caption', 'title', 'hashtags', 'coverMs'] as const satisfies readonly (keyof Variation)[];

/** Reads what was sent; fields that nobody knows are the library's to refuse. */
export const readRecycling = (
  raw: Readonly<Record<string, unknown>> = {},
  post: { readonly caption: string; readonly title?: string },
): RecyclingRequest => {
  const { contentVariations: words, ...rest } = raw;
  const known = Object.entries(rest).filter(([field]) => (RECYCLING_FIELDS as readonly string[]).includes(field));
  const settings = Object.fromEntries(known) as RecyclingSettings;
  const list = words === undefined ? [] : words;
  const odd = Array.isArray(list)
    ? list.flatMap(oddWords)
    : [finding('variation.bad_list', PLACE, 'contentVariations must be a list of wordings.')];
  const variations = odd.length > 0 ? [] : (list as VariationWish[]);
  return {
    settings,
    variations,
    findings: [
      ...recyclingFindings(settings),
      ...odd,
      ...variationFindings(variations, PLACE),
      ...echoFindings(variations, post, PLACE),
    ],
  };
};

const oddWords = (wish: unknown, index: number): Finding[] => {
  const place = `${PLACE}.${index}`;
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish))
    return [finding('variation.bad_list', place, `A wording is an object of ${WORDS.join(', ')}.`)];
  return Object.entries(wish).flatMap(([field, value]) => {
    if (!(WORDS as readonly string[]).includes(field))
      return [finding('variation.unknown_field', `${place}.${field}`, `A wording knows ${WORDS.join(', ')}.`)];
    return isOfType(field, value)
      ? []
      : [
          finding(
            'variation.bad_value',
            `${place}.${field}`,
            `${field} must be ${TYPES[field as keyof typeof TYPES]}.`,
          ),
        ];
  });
};

const TYPES = {
  caption: 'a text',
  title: 'a text',
  hashtags: 'a list of words',
  coverMs: 'a whole number of milliseconds',
} as const;

const isOfType = (field: string, value: unknown): boolean => {
  if (field === 'hashtags') return Array.isArray(value) && value.every((tag) => typeof tag === 'string');
  return field === 'coverMs' ? Number.isInteger(value) : typeof value === 'string';
};
