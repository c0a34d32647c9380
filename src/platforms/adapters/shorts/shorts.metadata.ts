import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import { SHORTS_RULES, SHORTS_SOURCE } from './shorts.capabilities.js';
import { MARKER_PREFIX, plainTags, SHORTS_MEASURES, titleOf } from './shorts.measures.js';

export { tagsLength, titleOf } from './shorts.measures.js';

export const markerTag = (marker: string): string => `${MARKER_PREFIX}${marker}`;

/** The marker in a video's tags, as we hid it. */
export const markerIn = (tags: readonly string[]): string | undefined =>
  tags.find((tag) => tag.startsWith(MARKER_PREFIX))?.slice(MARKER_PREFIX.length);

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
export const checkShort = (draft: ContentDraft): readonly Violation[] => [
  ...checkRules(draft, SHORTS_RULES, SHORTS_MEASURES).map((violation) =>
    // Without a title the caption's first line is it.
    violation.field === 'title' && draft.title === undefined ? { ...violation, field: 'caption' } : violation,
  ),
  ...withoutAngles(draft.title ?? '', 'title'),
  ...withoutAngles(draft.caption, 'caption'),
  ...withoutAngles(draft.tags.join(' '), 'tags'),
];

const withoutAngles = (text: string, field: string): readonly Violation[] =>
  /[<>]/.test(text)
    ? [{ field, rule: 'text.forbidden', message: 'YouTube does not take < or >. Remove them.', source: SHORTS_SOURCE }]
    : [];
