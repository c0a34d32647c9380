import type { Violation } from '../../../kernel/domain-error.js';
import { cutToUtf16 } from '../../domain/caption-length.js';
import { checkCommonRules, within } from '../../domain/content-rules.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import { SHORTS_CAPABILITIES, SHORTS_SOURCE, TAGS_MAX, TITLE_MAX } from './shorts.capabilities.js';

/** Our marker among a video's tags; only the owner sees it. */
const MARKER_PREFIX = 'p:';
/** Room kept for the marker: prefix and a UUID. */
const MARKER_ROOM = `${MARKER_PREFIX}00000000-0000-0000-0000-000000000000`;

export const markerTag = (marker: string): string => `${MARKER_PREFIX}${marker}`;

/** The marker in a video's tags, as we hid it. */
export const markerIn = (tags: readonly string[]): string | undefined =>
  tags.find((tag) => tag.startsWith(MARKER_PREFIX))?.slice(MARKER_PREFIX.length);

/** The title as given, else the caption's first line, shortened to fit. */
export const titleOf = ({ title, caption }: Pick<PublishContent, 'title' | 'caption'>): string => {
  if (title !== undefined && title.trim() !== '') return title.trim();
  return cutToUtf16((caption.trim().split(/\r?\n/)[0] ?? '').trim(), TITLE_MAX).trim();
};

/** How YouTube counts tags: commas between them, and the quotes around a tag with a space. */
export const tagsLength = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));

export const plainTags = (tags: readonly string[]): readonly string[] => tags.map((tag) => tag.replace(/^#/, ''));

/** The body of an upload start (`platforms.md` 3.3). */
export const uploadMetadata = (content: PublishContent): object => {
  const { options } = content;
  return {
    snippet: {
      title: titleOf(content),
      description: content.caption,
      tags: [...plainTags(content.tags), markerTag(content.marker)],
      categoryId: typeof options['categoryId'] === 'string' ? options['categoryId'] : '22',
    },
    status: {
      privacyStatus: wantedPrivacy(options),
      selfDeclaredMadeForKids: options['madeForKids'] === true,
      containsSyntheticMedia: options['isAiGenerated'] === true,
    },
  };
};

export const wantedPrivacy = (options: PublishContent['options']): string =>
  typeof options['privacyStatus'] === 'string' ? options['privacyStatus'] : 'public';

/** Limits of title, description, tags and shape beside the common ones. */
export const checkShort = (draft: ContentDraft): readonly Violation[] => {
  const title = titleOf(draft);
  const field = draft.title === undefined ? 'caption' : 'title';
  const source = SHORTS_SOURCE;
  const tags = [...plainTags(draft.tags), MARKER_ROOM];
  return [
    ...checkCommonRules(draft, SHORTS_CAPABILITIES, source),
    ...within(title.length, {
      field,
      rule: 'title.length',
      unit: 'characters (UTF-16 units)',
      min: 1,
      max: TITLE_MAX,
      source,
    }),
    ...withoutAngles(draft.title ?? '', 'title'),
    ...withoutAngles(draft.caption, 'caption'),
    ...withoutAngles(draft.tags.join(' '), 'tags'),
    ...within(tagsLength(tags), {
      field: 'tags',
      rule: 'tags.max_length',
      unit: 'characters with separators',
      max: TAGS_MAX,
      source,
    }),
    ...(draft.media.width > draft.media.height ? [landscape(draft)] : []),
  ];
};

const withoutAngles = (text: string, field: string): readonly Violation[] =>
  /[<>]/.test(text)
    ? [{ field, rule: 'text.forbidden', message: 'YouTube does not take < or >. Remove them.', source: SHORTS_SOURCE }]
    : [];

const landscape = ({ media }: ContentDraft): Violation => ({
  field: 'media',
  rule: 'video.orientation',
  message: 'A Short is square or taller than wide.',
  limit: 'width <= height',
  actual: `${media.width}x${media.height}`,
  source: SHORTS_SOURCE,
});
