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

const PRIVACY = ['public', 'unlisted', 'private'];
const LICENSES = ['youtube', 'creativeCommon'];

/** The body of an upload start (`platforms.md` 3.3). */
export const uploadMetadata = (content: PublishContent): object => {
  const { options } = content;
  return {
    snippet: {
      title: titleOf(content),
      description: content.caption,
      tags: [...plainTags(content.tags), markerTag(content.marker)],
      categoryId: typeof options['categoryId'] === 'string' ? options['categoryId'] : '22',
      ...(typeof options['language'] === 'string' ? { defaultLanguage: options['language'] } : {}),
    },
    status: {
      privacyStatus: wantedPrivacy(options),
      selfDeclaredMadeForKids: options['madeForKids'] === true,
      containsSyntheticMedia: options['isAiGenerated'] === true,
      ...(typeof options['license'] === 'string' ? { license: options['license'] } : {}),
      ...(typeof options['embeddable'] === 'boolean' ? { embeddable: options['embeddable'] } : {}),
    },
  };
};

export const wantedPrivacy = (options: PublishContent['options']): string =>
  typeof options['privacyStatus'] === 'string' ? options['privacyStatus'] : 'public';

/** Limits of title, description, tags, options and shape beside the common ones. */
export const checkShort = (draft: ContentDraft): readonly Violation[] => [
  ...checkRules(draft, SHORTS_RULES, SHORTS_MEASURES).map((violation) =>
    // Without a title the caption's first line is it.
    violation.field === 'title' && draft.title === undefined ? { ...violation, field: 'caption' } : violation,
  ),
  ...withoutAngles(draft.title ?? '', 'title'),
  ...withoutAngles(draft.caption, 'caption'),
  ...withoutAngles(draft.tags.join(' '), 'tags'),
  ...oneOf(draft, 'privacyStatus', PRIVACY),
  ...oneOf(draft, 'license', LICENSES),
  ...numericCategory(draft),
];

const withoutAngles = (text: string, field: string): readonly Violation[] => {
  const found = /[<>]/.exec(text)?.[0];
  if (found === undefined) return [];
  const message = 'YouTube does not take < or >. Remove them.';
  return [{ field, rule: 'text.forbidden', message, limit: 'no < or >', actual: found, source: SHORTS_SOURCE }];
};

const oneOf = ({ options }: ContentDraft, name: string, known: readonly string[]): readonly Violation[] => {
  const value = options[name];
  if (value === undefined || known.some((word) => word === value)) return [];
  return [wrongOption(name, value, known.join(', '))];
};

const numericCategory = ({ options }: ContentDraft): readonly Violation[] => {
  const value = options['categoryId'];
  const isId = typeof value === 'string' && /^\d{1,3}$/.test(value);
  return value === undefined || isId ? [] : [wrongOption('categoryId', value, "a category's number as a string")];
};

const wrongOption = (name: string, value: unknown, limit: string): Violation => ({
  field: `options.${name}`,
  rule: `options.${name}`,
  message: `${name} must be ${limit}.`,
  limit,
  actual: typeof value === 'string' ? value : typeof value,
  source: SHORTS_SOURCE,
});
