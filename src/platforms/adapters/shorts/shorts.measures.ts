import { cutToUtf16 } from '../../domain/caption-length.js';
import type { Measures } from '../../domain/content-rule.js';
import type { PublishContent } from '../../domain/publish-content.js';

/** UTF-16 units a title is shortened to. */
export const TITLE_MAX = 100;

/** Our marker among a video's tags; only the owner sees it. */
export const MARKER_PREFIX = 'p:';
/** Room kept for the marker: prefix and a UUID. */
const MARKER_ROOM = `${MARKER_PREFIX}00000000-0000-0000-0000-000000000000`;

/** The title as given, else the caption's first line, shortened to fit. */
export const titleOf = ({ title, caption }: Pick<PublishContent, 'title' | 'caption'>): string => {
  if (title !== undefined && title.trim() !== '') return title.trim();
  return cutToUtf16((caption.trim().split(/\r?\n/)[0] ?? '').trim(), TITLE_MAX).trim();
};

/** How YouTube counts tags: commas between them, and the quotes around a tag with a space. */
export const tagsLength = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (tag.includes(' ') ? 2 : 0), Math.max(0, tags.length - 1));

export const plainTags = (tags: readonly string[]): readonly string[] =>
  tags.flatMap((tag) => tag.replace(/^#/, '').trim() || []);

/** What only YouTube counts. */
export const SHORTS_MEASURES: Measures = {
  'title.length': {
    field: 'title',
    unit: 'characters (UTF-16 units)',
    of: (draft) => titleOf(draft).length,
    fix: 'Give the post a title, or a caption whose first line can be one.',
  },
  'tags.max_length': {
    field: 'tags',
    unit: 'characters with separators',
    of: ({ tags }) => tagsLength([...plainTags(tags), MARKER_ROOM]),
    fix: 'Use fewer or shorter tags.',
  },
};
