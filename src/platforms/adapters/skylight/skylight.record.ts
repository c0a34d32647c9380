import { type Agent, lexToJson, RichText } from '@atproto/api';
import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import * as limits from './skylight.capabilities.js';
import { postRecord } from './skylight.answers.js';

export const POST_COLLECTION = 'app.bsky.feed.post';

/** JSON of a post record, complete and never changed again: a retry must write the same bytes. */
export type FrozenRecord = Readonly<Record<string, unknown>>;

/** The record as it will be written. @param now becomes `createdAt` */
export const freezeRecord = async (
  agent: Agent,
  content: PublishContent,
  made: { blob: unknown; now: Date },
): Promise<FrozenRecord> => {
  const { options, media, caption } = content;
  const langs = listOf(options['langs']).slice(0, limits.LANGS_MAX);
  const tags = plainTags(content.tags).slice(0, limits.TAGS_MAX);
  const facets = await facetsOf(agent, caption);
  const alt = options['alt'];
  return lexToJson({
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
  }) as FrozenRecord;
};

/** Whether a stored record is what we froze: same words at the same instant with the same video. */
export const isSameRecord = (stored: unknown, frozen: FrozenRecord): boolean => {
  const [theirs, ours] = [stored, frozen].map((record) => postRecord.safeParse(lexToJson(record as never)).data);
  return theirs !== undefined && JSON.stringify(theirs) === JSON.stringify(ours);
};

export const checkPost = (draft: ContentDraft): readonly Violation[] => checkRules(draft, limits.SKYLIGHT_RULES);

/** Links, tags, and mentions whose handle exists; the library leaves an empty DID for the others. */
const facetsOf = async (agent: Agent, text: string): Promise<readonly unknown[]> => {
  const rich = new RichText({ text });
  await rich.detectFacets(agent);
  return (rich.facets ?? []).filter(({ features }) =>
    features.every((feature) => !('did' in feature) || feature.did !== ''),
  );
};

const plainTags = (tags: readonly string[]): string[] => tags.map((tag) => tag.replace(/^#/, ''));

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
