import { lexToJson } from '@atproto/api';
import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type { Unavailable } from '../../domain/publish-outcome.js';
import { type BlobJson, postRecord } from './skylight.answers.js';
import * as limits from './skylight.capabilities.js';
import { facetsOf, type FacetReader } from './skylight.facets.js';

export const POST_COLLECTION = 'app.bsky.feed.post';

/** JSON of a post record, complete and never changed again: a retry must write the same bytes. */
export type FrozenRecord = Readonly<Record<string, unknown>>;

/** BCP 47, as far as the protocol's data validation goes: a language and its subtags. */
const LANGUAGE = /^([a-z]{2,3}|i)(-[a-z\d]{1,8})*$/i;

/** The record as it will be written. @param made `now` becomes `createdAt` */
export const freezeRecord = async (
  reader: FacetReader,
  content: PublishContent,
  made: { blob: BlobJson; now: Date },
): Promise<{ frozen: FrozenRecord } | Unavailable> => {
  const { options, media, caption } = content;
  const facets = await facetsOf(reader, caption);
  if ('kind' in facets) return facets;
  const langs = listOf(options['langs']).slice(0, limits.LANGS_MAX);
  const tags = plainTags(content.tags).slice(0, limits.TAGS_MAX);
  const alt = options['alt'];
  const frozen = {
    $type: POST_COLLECTION,
    text: caption,
    createdAt: made.now.toISOString(),
    ...(langs.length > 0 ? { langs } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(facets.length > 0 ? { facets } : {}),
    embed: {
      $type: 'app.bsky.embed.video',
      video: made.blob,
      ...(typeof alt === 'string' && alt !== '' ? { alt } : {}),
      ...(media.width > 0 && media.height > 0 ? { aspectRatio: { width: media.width, height: media.height } } : {}),
    },
  };
  return { frozen };
};

/** The same record with the video where it lies now; an uploaded blob that nobody used is dropped after hours. */
export const withVideo = (record: FrozenRecord, video: BlobJson): FrozenRecord => ({
  ...record,
  embed: { ...(record['embed'] as object), video },
});

/** Whether a stored record is what we froze: same words at the same instant with the same video. */
export const isSameRecord = (stored: unknown, frozen: FrozenRecord): boolean => {
  const [theirs, ours] = [stored, frozen].map((record) => postRecord.safeParse(lexToJson(record as never)).data);
  return theirs !== undefined && JSON.stringify(theirs) === JSON.stringify(ours);
};

export const checkPost = (draft: ContentDraft): readonly Violation[] => [
  ...checkRules(draft, limits.SKYLIGHT_RULES, limits.SKYLIGHT_MEASURES),
  ...listOf(draft.options['langs']).flatMap((tag) => (LANGUAGE.test(tag) ? [] : [notALanguage(tag)])),
];

const notALanguage = (tag: string): Violation => ({
  field: 'options.langs',
  rule: 'langs.tag',
  message: `${tag} is no language tag. Use one such as en or pt-BR.`,
  actual: tag,
  source: limits.SKYLIGHT_SOURCE,
});

const plainTags = (tags: readonly string[]): string[] => tags.map((tag) => tag.replace(/^#/, ''));

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
